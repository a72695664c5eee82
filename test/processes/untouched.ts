/**
 * After each file of tests that shares its process: it is left as it was found,
 * so that no test depends on those before it.
 *
 * @module
 */

import process from "node:process";
import { afterAll, beforeAll, expect } from "vitest";

const state = () => ({
  directory: process.cwd(),
  exitCode: process.exitCode,
  listeners: process.eventNames()
    .map((name) => [name, process.listenerCount(name)]),
});
/** A package of the S3 client is quiet from when it is loaded. */
const SET_ONCE = ["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"];
let before: ReturnType<typeof state>;
let variables: NodeJS.ProcessEnv;

beforeAll(() => {
  before = state();
  variables = { ...process.env };
});
afterAll(() => {
  expect(state()).toEqual(before);
  // By their names alone: what they hold may be secret.
  const changed = Object.keys({ ...variables, ...process.env })
    .filter((name) => variables[name] !== process.env[name])
    .filter((name) => !SET_ONCE.includes(name));
  expect(changed).toEqual([]);
});
