/** A service without conditional writes is refused, whatever it answers. */

import { expect, test, vi } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { createCheckout } from "../../runs/_checkout.ts";
import { at, keysWith, openElsewhere, temporary, useFake } from "./_opened.ts";

vi.setConfig({ testTimeout: 120_000 });

const LOCATION = "s3://bucket/store";

test.each([501, 405, 400])(
  "one that answers %i to a condition",
  async (status) => {
    const fake = await useFake();
    for (const header of ["if-none-match", "if-match"]) {
      fake.faults.unknownConditions = { headers: [header], status };
      const locking = openElsewhere(LOCATION).tryLock(at("a"));
      await expect(locking).rejects.toThrow(UserError);
      await expect(locking).rejects.toThrow(
        new RegExp(
          `Cannot use the store "${LOCATION}": its service does not know ${header},`,
          "i",
        ),
      );
      expect(keysWith(fake, "/locks/")).toEqual([]);
      expect(keysWith(fake, "/probes/")).toEqual([]);
    }
  },
);

test.each([412, 409])(
  "one that answers %i to every condition",
  async (status) => {
    const fake = await useFake();
    fake.faults.unknownConditions = { headers: ["if-match"], status };
    await expect(openElsewhere(LOCATION).tryLock(at("a"))).rejects
      .toThrow("its service refuses every write with If-Match");
    fake.faults.unknownConditions = { headers: ["if-none-match"], status };
    await expect(openElsewhere(LOCATION).tryLock(at("a"))).rejects
      .toThrow("its service refuses every write with If-None-Match");
  },
);

test.each(["known", "heeded"])(
  "no stage begins where a condition is not %s",
  async (fault) => {
    const fake = await useFake();
    if (fault === "known") {
      fake.faults.unknownConditions.headers = ["if-none-match"];
    } else fake.faults.ignoresConditions = true;
    const here = createCheckout({
      environment: {
        VAE_PRIORS_STORE: LOCATION,
        VAE_PRIORS_CACHE: temporary("cache"),
        AWS_ENDPOINT_URL_S3: fake.url,
      },
    });
    const { code, err } = await here.cli("run");
    expect(err).toMatch(/^error: Cannot use the store "[^"]*": its service/m);
    expect(err).not.toContain("load_mnist");
    expect(err).toContain("Use a service with conditional writes");
    expect(code).toBe(2);
    expect(fake.requests.filter((name) => name.includes("/attempts/")))
      .toEqual([]);
    expect([...fake.objects.keys()]).toEqual([]);
  },
);
