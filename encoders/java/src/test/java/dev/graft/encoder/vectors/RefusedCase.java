package dev.graft.encoder.vectors;

import com.google.gson.JsonObject;

/**
 * Values that an encoder must refuse, with one fault each.
 *
 * @param name what is shown, in lowerCamelCase
 * @param kind {@code relation}, {@code expression} or {@code command}
 * @param message the full name of the message
 * @param values in proto3's JSON mapping, but for the fault
 * @param code the error's code
 */
record RefusedCase(String name, String kind, String message, JsonObject values, String code) {}
