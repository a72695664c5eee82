// What `vae-priors/testing` registers, with a runner that keeps it.

import { expect, test } from "vitest";
import { CHECKS } from "../../../core/vae/conformance/mod.ts";
import { testPrior, type TestPriorOptions } from "../../../core/testing.ts";
import gamma from "../../../plugins/gamma.ts";
import wrongSign from "./wrong/kl_wrong_sign.ts";

interface Registered {
  readonly title: string;
  readonly tests: Map<
    string,
    (context: { skip(note?: string): unknown }) => Promise<void>
  >;
}

async function register(
  plugin: Parameters<typeof testPrior>[0],
  options: TestPriorOptions = {},
): Promise<Registered> {
  const tests: Registered["tests"] = new Map();
  let title = "";
  await testPrior(plugin, {
    engine: "cpu",
    describe: (name, body) => {
      title = name;
      body();
    },
    it: (name, body) => tests.set(name, body),
    ...options,
  });
  return { title, tests };
}

function titleOf(name: string): string {
  return CHECKS.find((check) => check.name === name)!.title;
}

test("one test a check, under the prior's label", async () => {
  const { title, tests } = await register(gamma, { options: { rate: 5 } });
  expect(title).toBe("Gamma(3,5) on cpu");
  expect([...tests.keys()]).toEqual(CHECKS.map(({ title }) => title));
});

test("a check that holds passes, one that does not apply is skipped with its reason", async () => {
  const { tests } = await register(gamma);
  const notes: (string | undefined)[] = [];
  const context = { skip: (note?: string) => notes.push(note) };
  await tests.get(titleOf("shapes"))!(context);
  expect(notes).toEqual([]);
  await tests.get(titleOf("learnt"))!(context);
  expect(notes).toEqual(["it learns none"]);
});

test("a check that fails throws what it found and how to mend it", async () => {
  const { tests } = await register(wrongSign);
  const context = { skip: () => expect.unreachable() };
  await expect(tests.get(titleOf("kl-sign"))!(context))
    .rejects.toThrow(/^the KL at raw .*\nhint: Look for a wrong sign/);
});

test.each([0, -1, 2, NaN])(
  "a share of %d of the draws is an error",
  async (drawShare) => {
    await expect(register(gamma, { drawShare }))
      .rejects.toThrow(`Cannot check prior "gamma": drawShare is ${drawShare}`);
  },
);

test("options that the prior does not have are an error", async () => {
  await expect(register(gamma, { options: { rte: 1 } }))
    .rejects.toThrow('Cannot read "gamma.rte"');
});
