import { describe, expect, it } from "vitest";
import { openUniform, philox } from "../../core/engine/random_philox.ts";

/** Random123's file kat_vectors, philox4x32 with 10 rounds: counter, key, words. */
const KNOWN_ANSWERS = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

describe("philox", () => {
  it.each(KNOWN_ANSWERS)(
    "gives Random123's words for key $key",
    ({ counter, key, words }) => {
      const block = Uint32Array.from(counter);
      philox(block, key);
      expect([...block]).toEqual([...words]);
    },
  );

  it("reads a key given as int32 like its unsigned twin", () => {
    const signed = new Uint32Array(4), unsigned = new Uint32Array(4);
    philox(signed, [-1, -2]);
    philox(unsigned, [0xffffffff, 0xfffffffe]);
    expect(signed).toEqual(unsigned);
  });

  it("maps no word to 0 or 1", () => {
    expect(openUniform(0)).toBeGreaterThan(0);
    expect(openUniform(0xffffffff)).toBeLessThan(1);
  });
});
