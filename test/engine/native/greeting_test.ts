import { expect, it } from "vitest";
import { isGreeting } from "../../../core/engine/native/greeting.ts";

it("knows TensorFlow's greetings, and no other line", () => {
  expect(
    isGreeting(
      "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
    ),
  ).toBe(true);
  expect(
    isGreeting(
      "I0000 00:00:1795858572.563901    3680 port.cc:153] oneDNN custom operations are on. You may see slightly different numerical results due to floating-point round-off errors",
    ),
  ).toBe(true);
  expect(isGreeting("WARNING: something else")).toBe(false);
  expect(isGreeting("F0000 00:00:1 port.cc:153] out of memory")).toBe(false);
});
