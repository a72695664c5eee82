import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Checkout, checkOut } from "./_checkout.ts";

describe("the whole project", () => {
  let odd: Checkout;

  beforeAll(async () => {
    odd = await checkOut(`a b,c#d%20e?'ü"$x:z`);
  });
  afterAll(() => odd.remove());

  test("can be started through a link, from elsewhere", async () => {
    const link = join(odd.work, "vae-priors");
    await symlink(join(odd.folder, "core/cli/bin.mjs"), link);
    for (let time = 0; time < 2; time++) {
      expect(await odd.node([link, "--version"])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^vae-priors\/\d/),
        stderr: "",
      });
    }
  });

  test("may have any name, but one that tsx cuts off", async () => {
    const config = {
      priors: ["gaussian"],
      load_mnist: { source: "synthetic", trainLimit: 10, testLimit: 10 },
    };
    await odd.write("work/pipeline.config.json", JSON.stringify(config));
    const run = ["run", "--quiet", "--engine", "wasm", "--to", "load_mnist"];
    expect(await odd.cli(run)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Gaussian(0,1): 0 of 10 stages cached"),
    });
    const refused = await odd.cli(run, { VAE_PRIORS_NO_BUNDLE: "1" });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toBe(
      `error: Cannot run from the sources in "${
        join(odd.folder, "core/")
      }": the "?" in the path keeps tsx from finding them\nhint: Rename that folder\n`,
    );
  });
});
