/**
 * What TensorFlow's libraries write to stderr when they are loaded, whatever
 * `TF_CPP_MIN_LOG_LEVEL` says.
 *
 * @module
 */

const GREETINGS = [
  /^WARNING: All log messages before absl::InitializeLog\(\) is called/,
  /^I\d{4} .*port\.cc.*oneDNN custom operations are on/,
];

/** Whether a line of a process's output tells nobody anything. */
export function isGreeting(line: string): boolean {
  return GREETINGS.some((greeting) => greeting.test(line));
}
