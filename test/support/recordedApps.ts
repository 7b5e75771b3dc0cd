import { makeIndex } from './codeIndex.ts';

/** The code of the recorded applications, as an index of their sources has it; lines are made up. */
export const usersApp = makeIndex({
  '/shop/users-api': {
    files: {
      'src/users/users.controller.ts': {
        UsersController: {
          all: { at: 10, route: 'GET /users/all', calls: ['UsersService.nPlusOne'] },
          findOne: { at: 14, route: 'GET /users/:id', calls: ['UsersService.findOne'] },
          create: { at: 18, route: 'POST /users', calls: ['UsersService.create'] },
        },
      },
      'src/users/users.service.ts': {
        UsersService: {
          findOne: { at: 20, to: 27, prisma: ['User.findUnique@21', 'Post.findMany@25'] },
          nPlusOne: { at: 30, to: 37, prisma: ['User.findMany@31', 'Post.findMany@33 loop'] },
          create: {
            at: 40,
            to: 48,
            prisma: ['transaction@41', 'User.create@42', 'Post.create@43'],
          },
        },
      },
    },
  },
});

export const nestApp = makeIndex({
  '/shop/nest-api': {
    files: {
      'src/users.controller.ts': {
        UsersController: {
          findOne: { at: 12, route: 'GET /api/users/:id', calls: ['UsersService.find'] },
          list: { at: 18, route: 'GET /api/users' },
          create: { at: 24, route: 'POST /api/users' },
          bad: { at: 30, route: 'POST /api/users/bad' },
          filtered: { at: 36, route: 'POST /api/users/filtered' },
          removeIt: { at: 42, route: 'DELETE /api/users/:id' },
          anyThing: { at: 48, route: 'ALL /api/users/any/thing' },
          outgoing: { at: 54, route: 'GET /api/users/out/going' },
          multi: { at: 60, route: ['GET /api/users/multi/a', 'GET /api/users/multi/b'] },
          resobj: { at: 66, route: 'GET /api/users/resobj/x' },
          sse: { at: 72, route: 'GET /api/users/sse/s' },
        },
      },
      'src/users.service.ts': { UsersService: { find: { at: 5 } } },
      'src/cats.controller.ts': {
        CatsController: { get: { at: 6, route: 'GET /api/v2/cats/:name' } },
      },
      'src/crud.ts': {
        BaseCrud: {
          inheritedGet: {
            at: 4,
            route: 'GET /api/dogs/inherited/:id',
            inheritedBy: ['DogsController'],
          },
        },
      },
      'src/root.controller.ts': {
        RootController: {
          root: { at: 4, route: 'GET /api' },
          health: { at: 8, route: 'GET /health' },
        },
      },
    },
  },
});
