/**
 * The demonstration: a server, plugins and a client, and what each makes of the same plans. {@link
 * dev.graft.cli.demo.Demo} tells the story; {@link dev.graft.cli.demo.DemoStep} is one plan of it;
 * {@link dev.graft.cli.demo.Stage} is the server, with Graft inside or behind a gateway; {@link
 * dev.graft.cli.demo.LocalLowering} shows what the server does with it, by loading the same plugins
 * here.
 */
@NullMarked
package dev.graft.cli.demo;

import org.jspecify.annotations.NullMarked;
