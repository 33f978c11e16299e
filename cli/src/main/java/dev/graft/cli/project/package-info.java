/**
 * Writes plugin projects: {@link dev.graft.cli.project.PluginProject} is what a project is called,
 * and {@link dev.graft.cli.project.ProjectFiles} fills in the templates.
 */
@NullMarked
package dev.graft.cli.project;

import org.jspecify.annotations.NullMarked;
