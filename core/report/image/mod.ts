/**
 * The report's own pictures, as PNG.
 *
 * @module
 */

export {
  type ComparisonColumn,
  type ComparisonOptions,
  comparisonPng,
} from "./comparison.ts";
export { renderSvg } from "./render_svg.ts";
