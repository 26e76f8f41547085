import { type DynamicModule, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { type Role, rolesOf } from '@yizhan/identity';

/** One route, and whom the guard lets in. */
export interface GuardedRoute {
  readonly method: string;
  /** With its parameters, such as `/api/v1/stations/:stationCode`. */
  readonly path: string;
  readonly roles: 'public' | readonly Role[];
}

const reflector = new Reflector();

/** Every route of the modules' controllers, asked as the guard asks. */
export function routesOf(modules: readonly (DynamicModule | Type)[]): GuardedRoute[] {
  const controllers = new Set(modules.flatMap(controllersOf));
  return [...controllers].flatMap(routesOfController).toSorted(byPath);
}

function controllersOf(module: DynamicModule | Type): Type[] {
  const isDynamic = 'module' in module;
  const decorated = isDynamic ? module.module : module;
  const declared = (Reflect.getMetadata('controllers', decorated) ?? []) as Type[];
  const imported = (Reflect.getMetadata('imports', decorated) ?? []) as (DynamicModule | Type)[];
  const given: Pick<DynamicModule, 'controllers' | 'imports'> = isDynamic ? module : {};
  return [
    ...declared,
    ...(given.controllers ?? []),
    ...[...imported, ...((given.imports ?? []) as (DynamicModule | Type)[])].flatMap(controllersOf),
  ];
}

function routesOfController(controller: Type): GuardedRoute[] {
  const prefixes = pathsOf(controller);
  return handlersOf(controller.prototype as object).flatMap((handler) => {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const roles = rolesOf(reflector, { getClass: () => controller, getHandler: () => handler } as never);
    return prefixes.flatMap((prefix) =>
      pathsOf(handler).map((path) => ({ method: RequestMethod[method], path: joined(prefix, path), roles })),
    );
  });
}

/** Its own methods and those of what it extends, as Nest looks for them. */
function handlersOf(prototype: object): Function[] {
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  const own = names.flatMap((name) => {
    const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    return typeof value === 'function' ? [value] : [];
  });
  const above = Object.getPrototypeOf(prototype) as object | null;
  return above === null || above === Object.prototype ? own : [...own, ...handlersOf(above)];
}

const pathsOf = (target: object): string[] => [Reflect.getMetadata(PATH_METADATA, target) ?? ''].flat() as string[];

const joined = (...parts: readonly string[]): string =>
  `/${parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .join('/')}`;

const byPath = (one: GuardedRoute, other: GuardedRoute): number =>
  one.path === other.path ? (one.method < other.method ? -1 : 1) : one.path < other.path ? -1 : 1;
