/** A plugin that brings its own protobuf, Connect messages and Guava, all older than the server's. */
package com.acme.legacy;
