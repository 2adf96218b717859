export { coverLetter, tailor } from "./tailor";
export { PropertyBag } from "./internal/property-bag";
