import { describe, expect, it } from "vitest";
import { type Import, readImports } from "./_imports.ts";
import { roomOf, ROOMS } from "./rooms.ts";

const imports = readImports();

describe("imports", () => {
  it("point from a room to those below it", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return room !== other && !ROOMS[room ?? ""]?.includes(other ?? "");
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("of a plugin are of the public API alone", () => {
    const wrong = imports.filter(({ from, to }) =>
      from.startsWith("plugins/") && to.startsWith("core/") &&
      to !== "core/mod.ts" && to !== "core/testing.ts"
    );
    expect(wrong).toEqual([]);
  });

  it("close no circle", () => {
    expect(circlesOf(imports)).toEqual([]);
  });
});

describe("rooms", () => {
  it("look into none that looks into them, over others, too", () => {
    const edges = Object.entries(ROOMS).flatMap(([from, below]) =>
      below.map((to) => ({ from, to, specifier: "" }))
    );
    expect(circlesOf(edges)).toEqual([]);
  });

  it("need what they say", () => {
    const used = new Set(
      imports.map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`),
    );
    const said = Object.entries(ROOMS).flatMap(([from, below]) =>
      below.map((to) => `${from} -> ${to}`)
    );
    expect(said.filter((edge) => !used.has(edge))).toEqual([]);
  });
});

/** Groups of files that import each other, by Tarjan's algorithm. */
function circlesOf(edges: readonly Import[]): readonly string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    targets.set(from, [...targets.get(from) ?? [], to]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const to of targets.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) {
        low.set(file, Math.min(low.get(file)!, low.get(to)!));
      }
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || targets.get(file)?.includes(file)) {
      circles.push(group.sort());
    }
  };
  for (const file of targets.keys()) if (!index.has(file)) visit(file);
  return circles;
}
