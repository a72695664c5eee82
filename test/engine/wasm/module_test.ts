import { describe, expect, test } from "vitest";
import { uniformDraws } from "../../../core/engine/kernels/scalar/draws.ts";
import { instantiate } from "../../../core/engine/wasm/module.ts";
import { hasRelaxedSimd } from "../../../core/engine/wasm/relaxed_simd.ts";
import { WebAssembly } from "../../../core/engine/wasm/web_assembly.ts";

const MODULES = [["plain", false], ["fused", true]] as const;
const SIZES = [
  [1, 1, 1],
  [5, 3, 7],
  [6, 8, 4],
  [13, 17, 11],
  [12, 16, 1],
  [
    1,
    20,
    33,
  ],
  [20, 1, 6],
  [7, 9, 300],
];

describe.each(MODULES)("the %s module", (_, fused) => {
  const missing = fused && !hasRelaxedSimd();

  test.skipIf(missing).each(SIZES)(
    "multiplies %i x %i over %i, transposed or not, and writes nothing else",
    (m, n, k) => {
      for (const [transposeA, transposeB, bias] of choices()) {
        const { place, functions } = heap(fused);
        const [a, b, row, c] = [m * k, k * n, n, m * n].map((size, i) =>
          place(wave(size, i))
        ) as [Placed, Placed, Placed, Placed];
        const size = functions.scratchFloats(m, k, transposeA);
        const scratch = place(new Float32Array(size));
        const guard = place(new Float32Array(64).fill(7));
        const [sourceA, sourceB] = [[...a.values], [...b.values]];
        functions.matMul(
          a.at,
          b.at,
          c.at,
          m,
          n,
          k,
          transposeA,
          transposeB,
          bias ? row.at : 0,
          scratch.at,
        );
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = bias ? row.values[j]! : 0;
            let size = Math.abs(sum);
            for (let p = 0; p < k; p++) {
              const term = sourceA[transposeA ? p * m + i : i * k + p]! *
                sourceB[transposeB ? j * k + p : p * n + j]!;
              sum += term;
              size += Math.abs(term);
            }
            expect(Math.abs(c.values[i * n + j]! - sum))
              .toBeLessThanOrEqual(1e-6 * size);
          }
        }
        expect([[...a.values], [...b.values]]).toEqual([sourceA, sourceB]);
        expect(new Set(guard.values)).toEqual(new Set([7]));
      }
    },
  );

  test.skipIf(missing)("gives the same bits however often it ran", () => {
    const { place, functions } = heap(fused);
    const [a, b] = [place(wave(50 * 60, 1)), place(wave(60 * 70, 2))];
    const c = place(new Float32Array(50 * 70));
    const scratch = place(
      new Float32Array(functions.scratchFloats(50, 60, false)),
    );
    const run = () => {
      functions.matMul(
        a.at,
        b.at,
        c.at,
        50,
        70,
        60,
        false,
        false,
        0,
        scratch.at,
      );
      return c.values.slice();
    };
    const first = run();
    // By now V8 has compiled it anew, for speed.
    for (let i = 0; i < 3000; i++) run();
    expect(run()).toEqual(first);
  });

  test.skipIf(missing)("has the likelihood and its gradient in full", () => {
    const { place, functions } = heap(fused);
    for (let l = -100; l <= 100; l += 0.37) {
      const x = Math.abs(Math.sin(l));
      // Seven: a vector and three singles; all are the same number.
      const [logits, target, loss, dy, gradient] = [
        place(new Float32Array(7).fill(l)),
        place(new Float32Array(7).fill(x)),
        place(new Float32Array(1)),
        place(Float32Array.of(-2)),
        place(new Float32Array(7)),
      ] as const;
      const [l32, x32] = [logits.values[0]!, target.values[0]!];
      functions.bernoulliLoss(logits.at, target.at, loss.at, 1, 7);
      const softplus = Math.max(l32, 0) + Math.log1p(Math.exp(-Math.abs(l32)));
      const wanted = softplus - l32 * x32;
      expect(Math.abs(loss.values[0]! / 7 - wanted))
        .toBeLessThanOrEqual(4e-7 * Math.max(softplus, Math.abs(l32 * x32)));
      functions.bernoulliGradient(
        logits.at,
        target.at,
        dy.at,
        gradient.at,
        1,
        7,
      );
      const sigmoid = 1 / (1 + Math.exp(-l32));
      for (const value of gradient.values) {
        expect(value).toBeCloseTo(-2 * (sigmoid - x32), 6);
      }
      place.reset();
    }
  });

  test.skipIf(missing)("keeps what is no number", () => {
    const { place, functions } = heap(fused);
    const logits = place(Float32Array.of(1, NaN, 2, 3));
    const target = place(new Float32Array(4));
    const [loss, dy, gradient] = [
      place(new Float32Array(1)),
      place(Float32Array.of(1)),
      place(new Float32Array(4)),
    ] as const;
    functions.bernoulliLoss(logits.at, target.at, loss.at, 1, 4);
    functions.bernoulliGradient(
      logits.at,
      target.at,
      dy.at,
      gradient.at,
      1,
      4,
    );
    expect(loss.values[0]).toBeNaN();
    expect([...gradient.values].map(Number.isNaN))
      .toEqual([false, true, false, false]);
  });

  test.skipIf(missing)("draws the bits of the portable draws", () => {
    const { place, functions } = heap(fused);
    for (const count of [1, 2, 3, 4, 1001]) {
      for (const [key0, key1] of [[0, 0], [-5, 7], [2 ** 31 - 1, 123456]]) {
        const draws = place(new Float32Array(count + 1).fill(7));
        functions.uniformDraws(draws.at, count, key0!, key1!);
        expect(draws.values.slice(0, -1))
          .toEqual(uniformDraws(count, [key0!, key1!]));
        expect(draws.values.at(-1)).toBe(7);
        place.reset();
      }
    }
  });

  test.skipIf(missing)("sums columns and passes on the rectified", () => {
    const { place, functions } = heap(fused);
    const [rows, columns] = [3, 7];
    const [dy, y] = [place(wave(21, 1)), place(wave(21, 2))];
    const [sums, dx] = [place(wave(7, 3)), place(wave(21, 4))];
    functions.columnSums(dy.at, sums.at, rows, columns);
    functions.rectifierGradient(dy.at, y.at, dx.at, 21);
    sums.values.forEach((sum, j) =>
      expect(sum).toBeCloseTo(
        dy.values[j]! + dy.values[7 + j]! + dy.values[14 + j]!,
        6,
      )
    );
    expect([...dx.values])
      .toEqual([...dy.values].map((d, i) => y.values[i]! > 0 ? d : 0));
  });
});

interface Placed {
  readonly at: number;
  readonly values: Float32Array;
}

/** A memory of our own with the functions, and arrays one after another in it. */
function heap(fused: boolean) {
  const memory = new WebAssembly.Memory({ initial: 4 });
  let next = 1024;
  const place = (values: Float32Array): Placed => {
    const at = next;
    next += values.byteLength;
    const placed = new Float32Array(memory.buffer, at, values.length);
    placed.set(values);
    return { at, values: placed };
  };
  place.reset = () => void (next = 1024);
  return { place, functions: instantiate(memory, fused) };
}

function wave(size: number, shift: number): Float32Array {
  return Float32Array.from(
    { length: size },
    (_, i) => Math.sin(1.3 * i + shift),
  );
}

function choices(): [boolean, boolean, boolean][] {
  const both = [false, true];
  return both.flatMap((a) =>
    both.flatMap((b) => both.map((c): [boolean, boolean, boolean] => [a, b, c]))
  );
}
