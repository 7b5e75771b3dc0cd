import assert from 'node:assert/strict';
import { readGoFacts } from '../../../../../src/core/code/go/goRoutes.ts';
import { goServices, moduleNameIn } from '../../../../../src/core/code/go/goServices.ts';

/** `GET /v1/users/:id 3`, `… /x 4` where a prefix may be missing, `* /x` for any method; in a function. */
const routesOf = (body: string) =>
  readGoFacts(`package main\n${body}`).routes.map(
    ({ method, path, isWhole, line }) =>
      `${isWhole ? '' : '… '}${method === '' ? '*' : method} ${path} ${line - 1}`,
  );

describe('the routes of Go source', () => {
  it('of net/http are its patterns, with and without method and host', () => {
    assert.deepEqual(
      routesOf(`func main() {
        mux := http.NewServeMux()
        mux.Handle("GET /rates/{country}", otelhttp.NewHandler(http.HandlerFunc(rate), "rates"))
        mux.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {})
        http.HandleFunc(\`POST example.com/rates/{$}\`, post)
      }`),
      ['GET /rates/{country} 3', '* /health 4', 'POST /rates/{$} 5'],
    );
  });

  it('of gin and echo have the paths of their groups, on a chain or by name', () => {
    assert.deepEqual(
      routesOf(`func setup() {
        r := gin.Default()
        r.GET("/", index)
        v1 := r.Group("/v1", auth())
        {
          v1.GET("/users/:id", user)
          admin := v1.Group("/admin")
          admin.DELETE("/users/:id", remove)
        }
        r.Group("/v2").POST("/x", x)
        r.Handle("PATCH", "/p", p)
        r.Any("/any", any)
        e := echo.New()
        g := e.Group("/api")
        g.PUT("/users/:id", put)
      }`),
      [
        'GET / 3',
        'GET /v1/users/:id 6',
        'DELETE /v1/admin/users/:id 8',
        'POST /v2/x 10',
        'PATCH /p 11',
        '* /any 12',
        'PUT /api/users/:id 15',
      ],
    );
  });

  it("of chi end with their block, and one in it has the block's own router", () => {
    assert.deepEqual(
      routesOf(`func routes() http.Handler {
        r := chi.NewRouter()
        r.Route("/api", func(r chi.Router) {
          r.Get("/orders/{id}", get)
          r.Route("/carts", func(r chi.Router) { r.With(paginate).Delete("/{id}", remove) })
          r.Group(func(r chi.Router) { r.Put("/z", z) })
        })
        r.MethodFunc("GET", "/after", after)
        return r
      }`),
      ['GET /api/orders/{id} 4', 'DELETE /api/carts/{id} 5', 'PUT /api/z 6', 'GET /after 8'],
    );
  });

  it('of fiber and gorilla too, which says its methods behind', () => {
    assert.deepEqual(
      routesOf(`func routes() {
        app := fiber.New(fiber.Config{Prefork: true})
        app.Group("/api").Group("/v3").Get("/things/:id", get)
        app.Add("DELETE", "/t/*", remove)
        s := mux.NewRouter().PathPrefix("/products").Subrouter()
        s.HandleFunc("/{key}", product).Methods("GET", http.MethodPut)
      }`),
      [
        'GET /api/v3/things/:id 3',
        'DELETE /t/* 4',
        'GET /products/{key} 6',
        'PUT /products/{key} 6',
      ],
    );
  });

  it("of a function of the service's own are those with which it is called", () => {
    assert.deepEqual(
      routesOf(`func routes() http.Handler {
        handle := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, otelhttp.NewHandler(h, pattern)) }
        handle("GET /rates/{country}", rateOf)
        handleFunc("/rolldice/{player}", rolldice)
        add("POST /rates", save)
        open("/etc/rates", os.O_RDONLY)
        log("GET /rates took %s", time)
      }`),
      ['GET /rates/{country} 3', '* /rolldice/{player} 4', 'POST /rates 5'],
    );
  });

  it('may lack a beginning where the router comes from elsewhere, or its prefix is no text', () => {
    assert.deepEqual(
      routesOf(`func (s *Server) routes(r *gin.RouterGroup) { r.GET("/users/:id", s.user) }
      func other(e *echo.Echo, prefix string) {
        g := e.Group(prefix)
        g.GET("/a", a)
      }
      func last() { r := gin.New(); r.GET("/b", b) }`),
      ['… GET /users/:id 1', '… GET /a 4', 'GET /b 6'],
    );
  });

  it('are none in comments, in other texts, of joined texts, and of calls that answer nothing', () => {
    assert.deepEqual(
      routesOf(`// r.GET("/a", a)
      /* http.HandleFunc("/b", b)
         http.HandleFunc("/c", c) */
      var text = "http.HandleFunc(\\"/d\\", d)" + \`r.GET("/e", e)\`
      func main() {
        http.HandleFunc("/f"+suffix, f)
        resp, err := client.Get("/g")
        http.Get("https://example.com/h")
        c := '"'; http.HandleFunc("/i", i)
      }`),
      ['* /i 9'],
    );
  });

  it('are read in time that grows with the text, whatever it is', () => {
    for (const piece of ['(', 'r.GET("/a", ', 'r.Group("/a").', '"', '`', '/*', 'a.b(', '{'])
      readGoFacts(`package main\nfunc main() { r.GET("/x", y)\n${piece.repeat(50_000)}`);
  });
});

describe("a Go module's name for services", () => {
  it('is what its code says in the resource, and its programs by their folder', () => {
    const facts = (text: string) => readGoFacts(text);
    const files = new Map([
      ['/ws/go/cmd/rates/main.go', facts('package main\nvar n = semconv.ServiceName("rates-api")')],
      ['/ws/go/api/users.go', facts('package api\nfunc f() { http.HandleFunc("/users", f) }')],
      ['/ws/go/sub/a.go', facts('package sub\nvar a = attribute.String("service.name", "inner")')],
      ['/ws/elsewhere.go', facts('package main\nfunc f() { http.HandleFunc("/no", f) }')],
    ]);
    const modules = new Map([
      ['/ws/go', moduleNameIn('// shop\nmodule example.com/shop/pricing/v2\n\ngo 1.23\n')],
      ['/ws/go/sub', moduleNameIn('module sub')],
    ]);
    const [pricing, sub] = goServices({ files, modules });
    assert.equal(pricing!.project.name, 'pricing');
    assert.deepEqual(pricing!.project.serviceNames, [
      { name: 'rates-api', evidence: 'Service name in cmd/rates/main.go.' },
      { name: 'rates', evidence: 'Go program in cmd/rates/main.go.' },
    ]);
    assert.deepEqual(pricing!.routes, [
      {
        method: '',
        path: '/users',
        isWhole: true,
        location: { path: '/ws/go/api/users.go', line: 2, column: 17 },
      },
    ]);
    assert.deepEqual(
      sub!.project.serviceNames.map(({ name }) => name),
      ['inner'],
    );
  });
});
