import * as z from 'zod/mini';

/** What the service worker says to an open window of the app when its alert was tapped; answered on the port that comes with it. */
export const openMessageSchema = z.object({
  kind: z.literal('lifeline.open'),
  /** A whole address of this app. */
  url: z.string(),
});
export type OpenMessage = z.infer<typeof openMessageSchema>;
