export const PROPERTY = {
  AGENT: 'agent',
  TRIP: 'trip_id',
  STEP: 'step',
} as const;

export enum Budget {
  Currency = 'budget_currency',
  Band = 'budget_band',
}
