/**
 * What an application may add to the records of an event, by the names of OWASP's vocabulary: each but `appid` is left out where it is
 * not given. Most are the client's own words: they are escaped and cut, and nobody checks them.
 */
export interface RequestFields {
  /** The application, as its operators call it. */
  readonly appid: string;
  readonly useragent?: string | undefined;
  /** Of the client, as far as the application knows it: behind a proxy, what the proxy says. Default: the peer that was not believed. */
  readonly source_ip?: string | undefined;
  readonly host_ip?: string | undefined;
  readonly hostname?: string | undefined;
  readonly protocol?: string | undefined;
  readonly port?: string | undefined;
  /** Leave out the query where it may hold secrets. */
  readonly request_uri?: string | undefined;
  readonly request_method?: string | undefined;
  /**
   * A record of success for every authenticated request as well. Default `false`: only for the first of a session, which `signIn` tells.
   * For applications without sessions.
   */
  readonly eachRequest?: boolean | undefined;
}
