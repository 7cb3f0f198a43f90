/** One attempt to deliver a webhook. Several attempts share a guid. */
export interface Delivery {
  id: number;
  guid: string;
  appId: number;
  installationId: number | null;
  repositoryId: number | null;
  event: string;
  action: string | null;
  deliveredAt: string;
  redelivery: boolean;
  /** Seconds. */
  duration: number;
  /** `OK`, or why it failed, in words. */
  status: string;
  statusCode: number;
  url: string;
  requestHeaders: Record<string, string>;
  /** The exact bytes that were signed. */
  requestBody: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
}
