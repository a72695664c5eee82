import { valuesOf } from "../../core/pipeline/trials.ts";
import { describe, expect, test } from "vitest";
import { fakePrior } from "./fake_priors.ts";
import { faultOf, normalise } from "./_normalise.ts";

describe("priors", () => {
  test("are called by their own label, or by name and options", async () => {
    const own = fakePrior({ label: () => "Mine" });
    const config = await normalise({
      priors: [fakePrior()({ alpha: 3 }), own],
    });
    expect(valuesOf(config, "prior").map(({ label }) => label)).toEqual([
      "Fake(3,x)",
      "Mine",
    ]);
  });

  test("with one label are told apart by their options", async () => {
    const own = fakePrior({ label: () => "Mine" });
    const config = await normalise({ priors: [own, own({ alpha: 2 })] });
    expect(valuesOf(config, "prior").map(({ label }) => label)).toEqual([
      "Mine alpha=1",
      "Mine alpha=2",
    ]);
  });

  test("have short labels that differ, however long their options", async () => {
    const labelsOf = async (...names: string[]) => {
      const entries = names.map((name) => fakePrior()({ name }));
      const config = await normalise({ priors: entries });
      return valuesOf(config, "prior").map(({ label }) => label);
    };
    const long = "0.1234,".repeat(60);
    const labels = await labelsOf(`${long}1`, `${long}2`, "x");
    expect(labels).toEqual([
      expect.stringMatching(/^Fake\(1,(?:0\.1234,)+.*… #[0-9a-f]{8}$/),
      expect.stringMatching(/^Fake\(1,(?:0\.1234,)+.*… #[0-9a-f]{8}$/),
      "Fake(1,x)",
    ]);
    expect(new Set(labels).size).toBe(3);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(48);
    // The digest is of the options alone.
    expect(await labelsOf("x", `${long}2`)).toEqual([labels[2], labels[1]]);
  });

  test("have short labels where a shared one is told apart at length", async () => {
    const own = fakePrior({ label: () => "Mine" });
    const config = await normalise({
      priors: ["a", "b"].map((end) => own({ name: "x".repeat(80) + end })),
    });
    const labels = valuesOf(config, "prior").map(({ label }) => label);
    expect(labels[0]).toMatch(/^Mine name=x+… #[0-9a-f]{8}$/);
    expect(labels[0]).not.toBe(labels[1]);
  });

  test("have labels in one line, without what moves a cursor", async () => {
    const own = fakePrior({ label: () => " My\n\u001b[2J prior\t" });
    const config = await normalise({ priors: [own] });
    expect(valuesOf(config, "prior")[0]!.label).toBe("My [2J prior");
    const blank = fakePrior({ label: () => "\n" });
    expect((await faultOf({ priors: [blank] })).message)
      .toContain("want a string that is not empty");
  });
});
