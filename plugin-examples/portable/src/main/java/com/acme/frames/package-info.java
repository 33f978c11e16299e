/** Plugins for the messages of {@code acme/frames/v1/frames.proto}, one for each. */
package com.acme.frames;
