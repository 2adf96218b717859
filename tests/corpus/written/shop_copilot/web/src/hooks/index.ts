export { useAssistant } from './useAssistant';
export type { AssistantOptions } from './useAssistant';
