export { ReviewModel } from "./model.js";
export type { ReviewModelConfig, AskOptions } from "./model.js";
export * as feedback from "./feedback.js";
