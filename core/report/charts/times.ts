/**
 * Where the time of each trial went, stage by stage.
 *
 * @module
 */

import { cutName, cutNames, formatDuration } from "../format.ts";
import { lettersOf } from "../letters.ts";
import { labelColor } from "../label_colors.ts";
import { drawFigure, type FigureText } from "./figure.ts";

/** The time of one stage of a trial. */
export interface StageTime {
  readonly trial: string;
  readonly stage: string;
  readonly ms: number;
}

const WIDTH = 900;
const BAR = 26;
/** Share of the longest trial below which a bar is too short for its name. */
const NARROW = 0.12;
/** Pixels of an ordinary letter. */
const LETTER = 7.4;
/** Letters of a trial's name: the rest of the width is for the bars. */
const LONGEST_NAME = 56;
/** Fewer letters do not make a name that is cut. */
const LEAST_LETTERS = 14;
const RIGHT = 84;

/** Draws a bar for each trial. Returns an `<svg>` for use inside a page. */
export async function timesChart(
  times: readonly StageTime[],
  text: FigureText,
): Promise<string> {
  const trials = [...new Set(times.map(({ trial }) => trial))];
  const timesOf = (trial: string) =>
    times.filter((time) => time.trial === trial);
  const stages = [...new Set(times.map(({ stage }) => stage))];
  const longest = Math.max(
    ...trials.map((trial) => total(timesOf(trial))),
  );
  const names = cutNames(trials, LONGEST_NAME);
  const left = 16 + Math.max(...names.map((name) => lettersOf(name))) * LETTER;
  const roomOf = (ms: number) =>
    Math.floor((ms / longest) * (WIDTH - left - RIGHT) / LETTER);
  const rows = times.map((time) => ({ ...time, seconds: time.ms / 1000 }));
  const color = ({ stage }: StageTime) => labelColor(stages.indexOf(stage));
  const stacked = {
    x: "seconds",
    y: "trial",
    order: null,
    offset: null,
  } as const;
  return await drawFigure((plot) => ({
    width: WIDTH,
    height: trials.length * BAR + 56,
    marginTop: 8,
    marginBottom: 40,
    marginRight: RIGHT,
    marginLeft: left,
    style: { fontSize: "13px" },
    x: { label: "Seconds", labelAnchor: "center", grid: true, ticks: 6 },
    y: {
      label: null,
      domain: trials,
      tickFormat: (_trial: string, index: number) => names[index] ?? "",
      padding: 0.2,
      tickSize: 0,
    },
    marks: [
      plot.barX(rows, plot.stackX({ ...stacked, fill: color, insetRight: 1 })),
      plot.text(
        rows,
        plot.stackX({
          ...stacked,
          text: ({ stage, ms }: StageTime) =>
            ms > NARROW * longest ? inside(stage, roomOf(ms)) : "",
          fill: "var(--card)",
          fontWeight: 600,
        }),
      ),
      plot.text(trials, {
        x: (trial: string) => total(timesOf(trial)) / 1000,
        y: (trial: string) => trial,
        text: (trial: string) => formatDuration(total(timesOf(trial))),
        textAnchor: "start",
        dx: 6,
      }),
    ],
  }), text);
}

/** A name where it has room, as much of it as has, or none. */
function inside(name: string, room: number): string {
  return lettersOf(name) > room && room < LEAST_LETTERS
    ? ""
    : cutName(name, room);
}

function total(times: readonly StageTime[]): number {
  return times.reduce((sum, { ms }) => sum + ms, 0);
}
