import { acknowledgement } from './acknowledgement.ts';
import { lint } from './lint.ts';
import { plan } from './plan.ts';
import { review } from './review.ts';
import { schemas } from './schemas.ts';

/** `npm run bench [lint|acknowledgement|plan|review|schemas [TABLES...]]`: every figure, or those of one part. */
const parts = { lint, acknowledgement, plan, review, schemas };
const [wanted] = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) if (wanted === undefined || wanted === name) await run();
