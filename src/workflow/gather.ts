import type { ScratchEngine } from '../engines/port.ts';
import { unreachable } from '../kernel/errors.ts';
import type { EvidenceRequest } from './actions.ts';
import type { Evidence } from './observed.ts';

/** Runs the engine for one request. That a migration fails is evidence; only our own faults throw. */
export async function gather(engine: ScratchEngine, request: EvidenceRequest): Promise<Evidence> {
  switch (request.kind) {
    case 'verify':
      return { kind: 'verify', report: await engine.verify(request.input) };
    case 'prove':
      return { kind: 'prove', proof: await engine.prove(request.input) };
    case 'explain':
      return { kind: 'explain', explained: await engine.explain(request.input) };
    case 'advise':
      return { kind: 'advise', advice: await engine.advise(request.input) };
    default:
      return unreachable(request);
  }
}
