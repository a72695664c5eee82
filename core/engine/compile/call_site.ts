/**
 * Whose line made a tensor.
 *
 * @module
 */

/** Finds the innermost line of the caller's that is neither TensorFlow.js nor the engine. */
export function callSite(): () => string {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  Error.captureStackTrace(holder, callSite);
  Error.stackTraceLimit = limit;
  return () => {
    // V8 puts its text together here, with all the source maps that it takes.
    const frames = (holder.stack ?? "").split("\n").slice(1);
    const outside = frames.find((frame) =>
      !/node_modules|\/tfjs-[\w-]+\/|core\/(engine|math|model)\/|node:internal/
        .test(frame)
    );
    return (outside ?? frames[0] ?? "unknown").trim();
  };
}
