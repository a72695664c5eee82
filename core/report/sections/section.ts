/**
 * What a section of the page is.
 *
 * @module
 */

import type { ReportData } from "../data.ts";
import type { Markup } from "../markup.ts";

/** A part of the page with its own heading, one file each. */
export interface Section {
  /** Anchor within the page; also the prefix of ids inside the section. */
  readonly id: string;
  readonly title: string;
  /** In the bar at the top, where the title is too long for it. */
  readonly short?: string;
  /** What stands below the heading; null leaves the section out. */
  render(data: ReportData): Markup | null | Promise<Markup | null>;
}
