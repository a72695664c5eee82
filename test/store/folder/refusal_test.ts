import { expect, test } from "vitest";
import { RunError, UserError } from "../../../core/lib/errors.ts";
import { explainRefusal } from "../../../core/lib/refusal.ts";

const options = { what: "Cannot write to the store", folder: "/store" };
const failing = (code: string) =>
  Object.assign(new Error(`${code}: it failed`), { code });

test.each([
  ["ENOSPC", UserError, "the disk is full", "Free some space there"],
  ["EACCES", UserError, "access is denied", "right to read and write"],
  ["EROFS", UserError, "the disk is read-only", "right to read and write"],
  ["ENOTDIR", UserError, "something else has that name", "Move it away"],
  ["ENOTSUP", UserError, "no folder can be made there", "Set another folder"],
  ["ENAMETOOLONG", UserError, "the path is too long", "a shorter path"],
  ["EIO", RunError, "the disk reports a fault", "check the disk"],
  ["EMFILE", RunError, "too many files are open", "ulimit"],
])("explainRefusal() of %s", (code, kind, why, hint) => {
  const error = explainRefusal(failing(code), options) as UserError;
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toContain(
    `Cannot write to the store in "/store": ${why}`,
  );
  expect(error.message).toContain(`(${code}: it failed)`);
  expect(error.hint).toContain(hint);
});

test("explainRefusal() leaves other errors and explained ones as they are", () => {
  const bug = new TypeError("x is not a function");
  expect(explainRefusal(bug, options)).toBe(bug);
  const once = explainRefusal(failing("ENOSPC"), options);
  expect(explainRefusal(once, { ...options, what: "Twice" })).toBe(once);
});
