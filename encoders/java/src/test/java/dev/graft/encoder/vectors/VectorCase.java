package dev.graft.encoder.vectors;

import com.google.gson.JsonObject;

/**
 * Values of a message's fields, from which a vector is made.
 *
 * @param name what is shown, in lowerCamelCase
 * @param kind {@code relation}, {@code expression} or {@code command}
 * @param message the full name of the message
 * @param values in proto3's JSON mapping, with the fields' names as the proto file has them
 */
record VectorCase(String name, String kind, String message, JsonObject values) {}
