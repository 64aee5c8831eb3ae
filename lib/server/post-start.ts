import { startRequestSchema } from '#lib/contract/action.ts';
import { log } from './log.ts';
import { mayAct } from './owner.ts';
import { failure, json } from './respond.ts';
import type { Services } from './services.ts';

/** Nothing of a request is ever run: its body is an empty object, and this is more than enough for one. */
const BODY_LIMIT = 1_000;

/** Begins a run and answers 202 with it; 403 for anybody but the owner, 404 where nothing is configured, 409 while one is under way. */
export async function postStart({ starter, callerOf, monitor }: Services, request: Request): Promise<Response> {
  if (starter === null) {
    return failure(
      404,
      'not-configured',
      'How the review server is started is not configured: set START_COMMAND or SERVICE_LABEL.',
    );
  }
  const leave = mayAct(await callerOf(request.headers), 'start');
  if (!leave.allowed) return failure(403, 'not-owner', leave.detail);
  if (!(await isEmptyObject(request)))
    return failure(400, 'bad-body', 'Expected the JSON object {} and nothing in it.');
  const { state, detail } = starter.action(monitor.snapshot().diagnosis.cause, leave);
  if (state === 'not-now') return failure(409, 'not-now', detail ?? 'It cannot be started now.');
  const run = starter.start();
  if (run === null) return failure(409, 'busy', 'It is being started already.');
  log.info({ command: run.command }, 'starting the review server, as its owner asked');
  return json({ run }, 202);
}

async function isEmptyObject(request: Request): Promise<boolean> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= BODY_LIMIT)) return false;
  try {
    return startRequestSchema.safeParse(JSON.parse(await request.text())).success;
  } catch {
    return false;
  }
}
