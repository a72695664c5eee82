import { describe, expect, it } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { checkGreyLevels } from "../../datasets/grey_levels.ts";

describe("checkGreyLevels()", () => {
  it.each([
    [[0, 255]],
    [[200, 255, 255]],
    [[0, 0, 0, 0, 128]],
  ])("accepts %j", (pixels) => {
    expect(checkGreyLevels(Uint8Array.from(pixels), "images")).toBeNull();
  });

  it.each([
    [[0, 0, 0], "found 0 in every pixel (all black)"],
    [[255, 255], "found 255 in every pixel (all white)"],
    [[17, 17], "found 17 in every pixel"],
    [[1, 1], "found 1 in every pixel"],
    [[0, 1, 0], "found 1 as the largest value"],
  ])("refuses %j", (pixels, found) => {
    const check = () => checkGreyLevels(Uint8Array.from(pixels), "images");
    expect(check).toThrow(UserError);
    expect(check).toThrow(
      `Cannot use images "images": ${found}, want grey levels from 0 (background) to 255 (ink)`,
    );
  });

  it("warns of images that are dark throughout", () => {
    const pixels = Uint8Array.of(0, 3, 15);
    expect(checkGreyLevels(pixels, "/some/folder/images")).toBe(
      'The images are dark: the largest value in "images" is 15, and 255 is full ink. ' +
        "If 15 is full ink there, write them 17 times as large",
    );
  });
});
