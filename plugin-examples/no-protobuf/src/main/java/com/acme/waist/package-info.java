/** A plugin that implements the waist itself and reads and writes its few protobuf bytes by hand. */
package com.acme.waist;
