import { Controller, Get, Header, Inject, Post, Redirect, Req, Res } from '@nestjs/common';
import { roles } from '@trusted-header/app-data';
import {
  type AppLinks,
  adminPage,
  homePage,
  livePage,
  livePageHeaders,
  publicPage,
  signedOutPage,
  type View,
  viewOf,
  whoami,
} from '@trusted-header/app-ui';
import {
  AllowAnonymous,
  RequireRole,
  RequireUser,
  signInAgain,
  signOut,
  type TrustedHeaderRequest,
} from '@trusted-header/nestjs';
import type { Response } from 'express';
import { LINKS } from './tokens.js';

/** The pages. Every route is for signed-in people, unless it says so. */
@Controller()
export class AppController {
  constructor(@Inject(LINKS) private readonly links: AppLinks) {}

  @Get()
  home(
    @Req() request: TrustedHeaderRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> | undefined {
    if (request.user) return homePage(this.view(request));
    response.redirect('/signed-out');
    return undefined;
  }

  @Get('admin')
  @RequireRole('admin')
  admin(@Req() request: TrustedHeaderRequest): Promise<string> {
    return adminPage(this.view(request));
  }

  @Get('live')
  live(
    @Req() request: TrustedHeaderRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> | undefined {
    if (request.user) {
      response.set(livePageHeaders);
      return livePage(this.view(request), 'socket');
    }
    response.redirect('/signed-out');
    return undefined;
  }

  @Get('public')
  @AllowAnonymous()
  public(@Req() request: TrustedHeaderRequest): Promise<string> {
    return publicPage(this.view(request));
  }

  @Get('signed-out')
  @AllowAnonymous()
  signedOut(@Req() request: TrustedHeaderRequest): Promise<string> {
    return signedOutPage(this.view(request));
  }

  @Get('healthz')
  @AllowAnonymous()
  @Header('content-type', 'text/plain')
  health(): string {
    return 'ok';
  }

  @Get('whoami')
  @RequireUser()
  whoami(@Req() request: TrustedHeaderRequest): object {
    return whoami(this.view(request));
  }

  @Post('sign-out')
  @Redirect('/signed-out', 303)
  signOut(@Req() request: object): Promise<void> {
    return signOut(request);
  }

  @Post('sign-in')
  @Redirect('/', 303)
  async signIn(@Req() request: object): Promise<void> {
    await signInAgain(request);
  }

  private view({ decision, identity, user }: TrustedHeaderRequest): View {
    const account = user && identity && { ...user, roles: roles.rolesOf(identity) };
    return viewOf('NestJS', decision, this.links, account);
  }
}
