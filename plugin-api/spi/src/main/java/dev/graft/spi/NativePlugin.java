package dev.graft.spi;

/**
 * A plugin that works with the engine's own objects, in the terms of the waist: its answers may be
 * {@link Answer.EngineNode}s, and its {@link HostContext#engine} is there. A host without an engine
 * refuses its class and makes no instance of it.
 */
public interface NativePlugin extends ExtensionPlugin {}
