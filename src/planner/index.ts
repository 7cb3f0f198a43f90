export { desiredDdl } from './desired.ts';
export { draftMigration } from './migration.ts';
export { orderGoals } from './order.ts';
export { affectedTables, planGoals } from './plan-goals.ts';
export type { PlanOptions } from './situation.ts';
