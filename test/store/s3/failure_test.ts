/** A service that is not there, or refuses. */

import { expect, test } from "vitest";
import { RunError, UserError } from "../../../core/lib/errors.ts";
import { createProject } from "../../pipeline/_project.ts";
import {
  at,
  openElsewhere,
  put,
  setEnvironment,
  temporary,
  useFake,
} from "./_opened.ts";

const LOCATION = "s3://bucket/store";

test("no bucket is a mistake", async () => {
  const fake = await useFake();
  const inspecting = openElsewhere("s3://other/store").inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow(
    `Cannot use the store "s3://other/store": there is no bucket "other" at ${fake.url}`,
  );
});

test("no credentials are a mistake", async () => {
  await useFake();
  setEnvironment({
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
    AWS_EC2_METADATA_DISABLED: "true",
    HOME: temporary("home"),
  });
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow("there are no credentials for");
});

test("access denied is a mistake", async () => {
  const fake = await useFake();
  fake.faults.refuse = { status: 403, code: "AccessDenied", times: 9 };
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(UserError);
  await expect(inspecting).rejects.toThrow("denies access (AccessDenied");
});

test("a store that may only be read is read, and says what it refuses", async () => {
  const fake = await useFake();
  const project = createProject();
  await project.run({ factors: [1] }, { store: openElsewhere(LOCATION) });
  fake.faults.isReadOnly = true;
  const store = openElsewhere(LOCATION);
  const result = await project.run({ factors: [1] }, { store });
  expect(result.trials[0]!.stages.map(({ status }) => status))
    .toEqual(["cached", "cached", "cached"]);
  const { references } = store.admin;
  const reference = { run: "r", record: "/r", host: "h", artifacts: [] };
  await references.touch(reference);
  await expect(references.put({ ...reference, owner: null })).rejects
    .toThrow(UserError);
});

test("a service that was never reached is told of soon", async () => {
  const fake = await useFake();
  await fake.stop();
  const inspecting = openElsewhere(LOCATION).inspect(at("a"));
  await expect(inspecting).rejects.toThrow(RunError);
  await expect(inspecting).rejects
    .toThrow(
      `Cannot use the store "${LOCATION}": ${fake.url} cannot be reached`,
    );
});

test("one that is overloaded for a while is asked again", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  fake.faults.refuse = { status: 503, code: "SlowDown", times: 4 };
  expect(await store.inspect(at("a"))).toMatchObject({ status: "hit" });
  expect(fake.faults.refuse.times).toBe(0);
});

test("a run rides out a restart of the service", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  const project = createProject();
  const given = { factors: [1], options: { total: { holdAt: 1 } } };
  const running = project.run(given, { store });
  await project.held();
  fake.hangUp();
  project.letGo();
  // The client tries three times at once, the store again and again.
  await expect.poll(() => fake.cutOff()).toBeGreaterThan(3 * 3);
  await fake.start();
  const result = await running;
  expect(result.status).toBe("done");
  const { key } = result.trials[0]!.stages[2]!;
  expect(await store.inspect({ stage: "total", key }))
    .toMatchObject({ status: "hit" });
});

test.each([
  "s3://AKIA:s3cret@bucket/p",
  "s3://AKIA:s3cr/et@bucket/p",
  "s3://bucket/s3cret:x",
  "https://user:s3cret@host/p",
  "redis://:s3cret@host",
])("%s is not shown, for it may hold a secret", (location) => {
  const opening = () => openElsewhere(location);
  expect(opening).toThrow(UserError);
  expect(opening).toThrow("want ");
  expect(opening).not.toThrow(/s3cr|AKIA|user/);
});

test.each([
  "http://user:s3cret@127.0.0.1:1",
  "http://user:s3cr/et@127.0.0.1:1",
  "http://127.0.0.1:s3cret",
  "user:s3cret@127.0.0.1:1",
  "ftp://127.0.0.1",
])("an endpoint %s is refused, and not shown", (endpoint) => {
  setEnvironment({ AWS_ENDPOINT_URL_S3: endpoint });
  const opening = () => openElsewhere(LOCATION);
  expect(opening).toThrow(UserError);
  expect(opening).toThrow(
    "Cannot use AWS_ENDPOINT_URL_S3: want http://HOST:PORT or https://HOST",
  );
});

test.each(["s3://", "s3://b", "s3://bucket/a//b", "s3://bucket/../x"])(
  "%s is no location",
  (location) => {
    expect(() => openElsewhere(location)).toThrow("want s3://bucket/prefix");
  },
);
