package dev.graft.cli.demo;

import org.apache.spark.connect.proto.Plan;

/**
 * One plan of the demonstration.
 *
 * @param title what it shows
 * @param messageName the full name of the extension message in it; the step is left out where no
 *     plugin is loaded for it
 * @param plan the plan, a relation or a command
 */
record DemoStep(String title, String messageName, Plan plan) {}
