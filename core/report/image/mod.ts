/**
 * The report's own pictures, as PNG.
 *
 * @module
 */

export { type ComparisonOptions, comparisonPng } from "./comparison.ts";
