declare module 'passport-trusted-header' {
  type Headers = Readonly<Record<string, string>>;

  export class Strategy {
    constructor(
      options: { readonly headers: readonly string[] },
      verify: (headers: Headers, done: (error: unknown, user?: object) => void) => void,
    );
    success: (user: object) => void;
    fail: () => void;
    authenticate(request: { readonly headers: Headers }): void;
  }
}
