/**
 * The rooms of the house, from the ground up, and which others each looks into.
 *
 * @module
 */

/** A room by its folder, with all that it may import besides itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "core/lib": [],
  "core/load": ["core/lib"],
  "core/store": ["core/lib"],
  "core/pipeline": ["core/lib", "core/load", "core/store"],
  "core/engine": ["core/lib"],
  "core/config": [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    // Which engines there are.
    "core/engine",
  ],
  "core/math": ["core/engine"],
  "core/picture": ["core/lib"],
  "core/statistics": [],
  datasets: ["core/lib"],
  "core/vae": [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/engine",
    "core/picture",
    "core/statistics",
    "datasets",
  ],
  "core/convert": [
    "core/lib",
    "core/store",
    "core/pipeline",
    "core/engine",
    "core/picture",
    "core/vae",
    "datasets",
  ],
  "core/report": [
    "core/lib",
    "core/pipeline",
    "core/engine",
    "core/picture",
    "core/vae",
    "datasets",
  ],
  "core/runs": [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/statistics",
    "core/vae",
    "core/report",
  ],
  "core/report/live": [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/engine",
    "core/picture",
    "core/vae",
    "core/report",
    "core/runs",
  ],
  "core/queue": [
    "core/lib",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/engine",
    "core/runs",
  ],
  "core/script": [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/engine",
    "core/vae",
    "core/report",
    "core/runs",
  ],
  // The whole way, for scripts; and the public API.
  core: [
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/engine",
    "core/math",
    "core/picture",
    "core/vae",
    "core/report",
    "core/runs",
    "core/script",
    "datasets",
  ],
  "core/cli": [
    "core",
    "core/lib",
    "core/load",
    "core/store",
    "core/pipeline",
    "core/config",
    "core/engine",
    "core/vae",
    "core/convert",
    "core/report",
    "core/report/live",
    "core/runs",
    "core/queue",
    "datasets",
  ],
  // Only the public API, as anybody's plugin.
  plugins: ["core"],
};

/** The room of a file: the longest folder that it lies in. */
export function roomOf(file: string): string | undefined {
  const rooms = Object.keys(ROOMS).filter((room) =>
    file.startsWith(`${room}/`)
  );
  return rooms.reduce<string | undefined>(
    (a, b) => a === undefined || b.length > a.length ? b : a,
    undefined,
  );
}
