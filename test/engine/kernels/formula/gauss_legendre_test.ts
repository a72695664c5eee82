import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../../../core/engine/kernels/formula/gauss_legendre.ts";

describe("Gauss and Legendre's rule", () => {
  it.each([1, 2, 8, 32])("with %i points integrates powers", (count) => {
    const { nodes, weights } = gaussLegendre(count);
    for (let power = 0; power < 2 * count; power++) {
      const sum = nodes.reduce(
        (sum, x, i) => sum + weights[i]! * x ** power,
        0,
      );
      expect(Math.abs(sum * (power + 1) - 1)).toBeLessThan(1e-13);
    }
    const next = nodes.reduce(
      (sum, x, i) => sum + weights[i]! * x ** (2 * count),
      0,
    );
    if (count <= 8) {
      expect(Math.abs(next * (2 * count + 1) - 1)).toBeGreaterThan(1e-11);
    }
  });
});
