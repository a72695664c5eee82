import { describe, expect, it } from "vitest";
import {
  type Range,
  settingsOf,
} from "../../../core/pipeline/search/settings.ts";

const all = { budget: null, seed: 0 };
const rate: Range = { from: 1e-4, to: 1e-2, scale: "log", whole: false };
const texts = (settings: ReturnType<typeof settingsOf>) =>
  settings.map((setting) => JSON.stringify(setting));

describe("lists", () => {
  const lists = { a: [1, 2, 3], b: ["x", "y"] };

  it("give every combination, in their order", () => {
    expect(settingsOf(lists, all)).toEqual([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
      { a: 2, b: "x" },
      { a: 2, b: "y" },
      { a: 3, b: "x" },
      { a: 3, b: "y" },
    ]);
    expect(settingsOf(lists, { budget: 6, seed: 1 })).toHaveLength(6);
    expect(settingsOf(lists, { budget: 99, seed: 1 })).toHaveLength(6);
  });

  it("give as many as are wanted, more of them with the same ones among them", () => {
    const [few, more] = [2, 4].map((budget) =>
      texts(settingsOf(lists, { budget, seed: 5 }))
    );
    expect(few).toHaveLength(2);
    expect(more).toHaveLength(4);
    expect(more).toEqual(expect.arrayContaining(few!));
    const chosen = new Set(
      [0, 1, 2, 3, 4].map((seed) =>
        texts(settingsOf(lists, { budget: 2, seed })).join()
      ),
    );
    expect(chosen.size).toBeGreaterThan(1);
  });
});

describe("a range", () => {
  it("is drawn from by the seed, evenly on its scale, in few digits", () => {
    const settings = settingsOf({ rate }, { budget: 200, seed: 0 });
    const values = settings.map(({ rate }) => rate as number);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(1e-4);
      expect(value).toBeLessThanOrEqual(1e-2);
      expect(value).toBe(Number(value.toPrecision(3)));
    }
    // 100 +- 7 by chance.
    const low = values.filter((value) => value < 1e-3).length;
    expect(low).toBeGreaterThan(65);
    expect(low).toBeLessThan(135);
    expect(settingsOf({ rate }, { budget: 200, seed: 0 })).toEqual(settings);
    expect(settingsOf({ rate }, { budget: 200, seed: 1 })).not
      .toEqual(settings);
  });

  it("goes on where a smaller budget ended", () => {
    const values = { rate, b: ["x", "y"] };
    const more = settingsOf(values, { budget: 9, seed: 3 });
    expect(more.slice(0, 5)).toEqual(
      settingsOf(values, { budget: 5, seed: 3 }),
    );
  });

  it("leaves most settings as they are where a list beside it has a value more", () => {
    const [before, after] = [["x", "y", "z"], ["x", "y", "z", "w"]].map((b) =>
      settingsOf({ rate, b }, { budget: 100, seed: 3 })
    );
    const changed = before!.flatMap((setting, i) =>
      setting.b === after![i]!.b ? [] : [after![i]!.b]
    );
    expect(new Set(changed)).toEqual(new Set(["w"]));
    expect(changed.length).toBeLessThan(45);
  });

  it("may be of whole numbers, each once", () => {
    const size: Range = { from: 1, to: 4, scale: "linear", whole: true };
    const found = settingsOf({ size }, { budget: 4, seed: 0 });
    expect(found.map(({ size }) => size).sort()).toEqual([1, 2, 3, 4]);
    expect(() => settingsOf({ size }, { budget: 5, seed: 0 })).toThrow(
      'Cannot read "search.budget": found 5, but there are only about 4 different settings',
    );
  });

  it("needs a budget", () => {
    expect(() => settingsOf({ b: [1], rate }, all)).toThrow(
      'Cannot read "search": found a range of "rate" and no "budget", want the number of settings to draw',
    );
  });
});
