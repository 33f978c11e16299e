package com.acme.nativeplans;

import com.acme.nativeplans.v1.Hashed;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.spark.contract.NativePluginContract;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;

/** The rules that every native plugin keeps, tried on a server of the newest line. */
class NativePlansContractsIT {
  @Group
  class Numbered extends NativePluginContract {
    @Override
    protected Object plugin() {
      return new NumberedPlugin();
    }
  }

  @Group
  class HashedColumns extends NativePluginContract {
    @Override
    protected Object plugin() {
      return new HashedPlugin();
    }

    /** Settings that there are, since random names would all be refused. */
    @Override
    protected Arbitrary<Hashed> messages() {
      return ConnectArbitraries.messages(Hashed.class)
          .map(any -> any.toBuilder().setSaltSetting("spark.sql.session.timeZone").build());
    }
  }

  @Group
  class Tables extends NativePluginContract {
    @Override
    protected Object plugin() {
      return new TablesPlugin();
    }
  }
}
