package dev.graft.registry;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.PluginAdapter;

/** Who may know whom, from the waist upwards. */
@AnalyzeClasses(
    packages = {"dev.graft.registry", "dev.graft.spi"},
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.graft.registry";
  private static final String ADMIN = "dev.graft.registry.admin..";
  private static final String ERROR = "dev.graft.registry.error..";
  private static final String INVOKE = "dev.graft.registry.invoke..";
  private static final String ISOLATION = "dev.graft.registry.isolation..";
  private static final String LOADING = "dev.graft.registry.loading..";
  private static final String SOURCE = "dev.graft.registry.source..";
  private static final String LINE = "dev.graft.registry.line..";
  private static final String LINKAGE = "dev.graft.registry.linkage..";
  private static final String LOWERING = "dev.graft.registry.lowering..";
  private static final String DESCRIPTOR = "dev.graft.registry.descriptor..";
  private static final String WIRE = "dev.graft.registry.wire..";
  private static final String REPORT = "dev.graft.registry.report..";
  private static final String UNLOAD = "dev.graft.registry.unload..";
  private static final String WAIST = "dev.graft.spi..";
  private static final String ANNOTATIONS = "org.jspecify.annotations..";

  @ArchTest
  static final ArchRule theWaistHasTypesOfTheJdkOnly =
      classes()
          .that()
          .resideInAPackage(WAIST)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", WAIST, ANNOTATIONS)
          .because("it is defined once and seen by every realm, whatever libraries that has");

  @ArchTest
  static final ArchRule onlyTheAdminPortKnowsANetwork =
      noClasses()
          .that()
          .resideOutsideOfPackage(ADMIN)
          .should()
          .dependOnClassesThat(resideInAnyPackage(ADMIN, "com.sun.net.httpserver.."))
          .because("hosts open it, and nothing that loads or asks plugins needs it");

  @ArchTest
  static final ArchRule theRegistryKnowsNoHostNoEngineNoNetworkAndNoProtobuf =
      classes()
          .that()
          .resideInAPackage("dev.graft.registry..")
          .and()
          .resideOutsideOfPackage(ADMIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.management..",
              "dev.graft.registry..",
              WAIST,
              ANNOTATIONS,
              "org.objectweb.asm..",
              "org.slf4j..")
          .because("hosts call the snapshot, and bytes cross the border where types do not");

  @ArchTest
  static final ArchRule theIndexDoesNotKnowHowItsPluginsWereFound =
      noClasses()
          .that(resideInAPackage(ROOT).and(not(type(Registry.class).or(type(Snapshot.class)))))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(SOURCE, LOADING, ISOLATION, LINKAGE, UNLOAD, REPORT))
          .because(
              "sessions will have indexes of their own; Registry alone ties the two halves together");

  @ArchTest
  static final ArchRule loweringKnowsTheProtocolAndErrorsOnly =
      classes()
          .that()
          .resideInAPackage(LOWERING)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", LOWERING, DESCRIPTOR, WIRE, ERROR, WAIST, ANNOTATIONS);

  @ArchTest
  static final ArchRule descriptorsKnowTheWireAlone =
      classes()
          .that()
          .resideInAPackage(DESCRIPTOR)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", DESCRIPTOR, WIRE, ANNOTATIONS);

  @ArchTest
  static final ArchRule theWireKnowsErrorsAndTheWaist =
      classes()
          .that()
          .resideInAPackage(WIRE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", WIRE, ERROR, WAIST, ANNOTATIONS)
          .because("whoever reads or writes bytes can use it");

  @ArchTest
  static final ArchRule linesAreFactsThatStandByThemselves =
      classes()
          .that()
          .resideInAPackage(LINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", LINE, DESCRIPTOR, WIRE, ANNOTATIONS)
          .because("plugin authors' tests ask them too, without any host");

  @ArchTest
  static final ArchRule onlyLoadingUsesIsolationAndLinkage =
      noClasses()
          .that()
          .resideOutsideOfPackages(SOURCE, LOADING, LINKAGE, ISOLATION, UNLOAD)
          .should()
          .dependOnClassesThat(resideInAnyPackage(ISOLATION, LINKAGE));

  @ArchTest
  static final ArchRule linkageKnowsLoadersAndNothingElse =
      classes()
          .that()
          .resideInAPackage(LINKAGE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", LINKAGE, ISOLATION, "org.objectweb.asm..", ANNOTATIONS);

  @ArchTest
  static final ArchRule isolationKnowsErrorsAndTheWaist =
      classes()
          .that()
          .resideInAPackage(ISOLATION)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ISOLATION, ERROR, WAIST, ANNOTATIONS);

  @ArchTest
  static final ArchRule whatStandsAroundACallKnowsErrorsAndTheWaist =
      classes()
          .that()
          .resideInAPackage(INVOKE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", INVOKE, ERROR, WAIST, ANNOTATIONS, "org.slf4j..");

  @ArchTest
  static final ArchRule pluginsAreCalledThroughTheSeamOnly =
      noClasses()
          .that(resideOutsideOfPackages(INVOKE, WAIST).and(not(simpleName("CatalogPlugin"))))
          .should()
          .callMethodWhere(
              target(owner(type(ExtensionPlugin.class)))
                  .or(target(owner(type(PluginAdapter.class))).and(target(name("adapt")))))
          .because("that is where a plugin has its loader, is watched and counted");

  @ArchTest
  static final ArchRule theEndOfAPluginKnowsLoadersAndCallsAndNobodyAbove =
      classes()
          .that()
          .resideInAPackage(UNLOAD)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.management..",
              UNLOAD,
              ISOLATION,
              INVOKE,
              ERROR,
              WAIST,
              ANNOTATIONS,
              "org.slf4j..");

  @ArchTest
  static final ArchRule errorsKnowNobody =
      classes()
          .that()
          .resideInAPackage(ERROR)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ERROR, ANNOTATIONS);

  @ArchTest
  static final ArchRule nothingGoesRoundInCircles =
      slices().matching("dev.graft.registry.(*)..").should().beFreeOfCycles();
}
