import { describe, expect, test } from "vitest";
import { paceMeter } from "../../../core/pipeline/execute/pace.ts";

describe("paceMeter", () => {
  test("knows nothing at first, then rate and time left", () => {
    const meter = paceMeter();
    expect(meter.update(0, 100, 1000)).toEqual({
      fraction: 0,
      rate: null,
      left: null,
    });
    expect(meter.update(20, 100, 3000)).toEqual({
      fraction: 0.2,
      rate: 10,
      left: 8,
    });
  });

  test("counts a resumed stage from where it resumed", () => {
    const meter = paceMeter();
    meter.update(90, 100, 0);
    expect(meter.update(95, 100, 1000)).toEqual({
      fraction: 0.95,
      rate: 5,
      left: 1,
    });
  });

  test("counts a stage that is tried again from where it goes on", () => {
    const meter = paceMeter();
    meter.update(0, 100, 0);
    meter.update(80, 100, 1000);
    expect(meter.update(40, 100, 5000).rate).toBeNull();
    expect(meter.update(50, 100, 6000)).toEqual({
      fraction: 0.5,
      rate: 10,
      left: 5,
    });
  });

  test("makes nothing of an empty total", () => {
    expect(paceMeter().update(0, 0, 0).fraction).toBe(0);
  });
});
