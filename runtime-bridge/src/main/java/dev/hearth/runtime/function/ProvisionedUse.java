package dev.hearth.runtime.function;

/**
 * How long environments were kept ready for a version or alias, which Lambda bills whether they are
 * called or not (limits-and-pricing.md section 3).
 *
 * @param functionName without its qualifier
 * @param configuration what was kept ready
 * @param environmentNanos how many there were, times how long
 * @param nanos how long there were any
 * @param environments how many there are, or were at the end
 * @param goesOn whether they are still kept
 */
public record ProvisionedUse(
    String functionName,
    FunctionConfiguration configuration,
    long environmentNanos,
    long nanos,
    int environments,
    boolean goesOn) {}
