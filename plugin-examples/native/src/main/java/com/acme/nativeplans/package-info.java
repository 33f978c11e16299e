/** A plugin jar that works with Spark's own objects: one binary for every Spark line. */
package com.acme.nativeplans;
