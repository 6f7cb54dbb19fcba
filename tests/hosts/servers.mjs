// nginx, Apache and Caddy, really started with the recipes that stand in the manual.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

const manual = readFileSync(new URL("../../docs/publishing.md", import.meta.url), "utf8");

/** The recipe in the manual for a whole server, written in its language. Others there are parts of one. */
const recipe = (language) => {
  const blocks = [...manual.matchAll(new RegExp("^```" + language + "\n([^]*?)^```$", "gm"))].filter(([, text]) => text.includes(":80") || /\blisten 80\b/.test(text));
  if (blocks.length !== 1) throw new Error(`the manual has ${blocks.length} recipes for ${language}`);
  return blocks[0][1];
};

/** The functions in the manual for hosts that run some, as modules, in their order there. */
export const functions = () => Promise.all([...manual.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, text]) => import(`data:text/javascript,${encodeURIComponent(text)}`)));

/** A recipe with what the manual says is one's own: the port, the folder, the base path and the file of headers. */
const own = (text, [port, folder, headers], site) => {
  const places = [[port[0], port[1]], ["/srv/www", folder], [/\/etc\/\S+\/headers\.conf/, headers], ["/404.html", `${site.base}404.html`]];
  return places.reduce((text, [what, by]) => {
    if (!(what instanceof RegExp ? what.test(text) : text.includes(what))) throw new Error(`the recipe has no ${what}`);
    return text.replaceAll(what instanceof RegExp ? new RegExp(what, "g") : what, by);
  }, text);
};

const program = (...names) => names.find((name) => existsSync(name)) ?? names[0];

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** What each needs besides its recipe to run here: as nobody in particular, with all it writes in a folder of its own. */
export const kinds = {
  nginx: {
    format: "nginx",
    port: (port) => ["listen 80", `listen 127.0.0.1:${port}`],
    configuration: (home, servers) => `daemon off; pid ${home}/pid; error_log ${home}/errors; worker_processes 1; events {}
http { include /etc/nginx/mime.types; access_log off; ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${home}/${name};`).join(" ")}
${servers} }`,
    start: (file, home) => [program("/usr/sbin/nginx", "nginx"), ["-e", `${home}/errors`, "-c", file]],
  },
  apache: {
    format: "apache",
    port: (port) => ["*:80", `127.0.0.1:${port}`],
    configuration: (home, servers, ports) => `ServerRoot ${home}
${["mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "alias"].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
${ports.map((port) => `Listen 127.0.0.1:${port}`).join("\n")}
ServerName localhost
PidFile ${home}/pid
DefaultRuntimeDir ${home}
ErrorLog ${home}/errors
TypesConfig /dev/null
AddType text/html .html
AddType text/css .css
AddType text/javascript .js
AddType text/plain .txt
AddType image/svg+xml .svg
${process.getuid() === 0 ? "User www-data\nGroup www-data" : ""}
${servers}`,
    start: (file) => [program("/usr/sbin/apache2", "apache2"), ["-DFOREGROUND", "-f", file]],
  },
  caddy: {
    format: "caddy",
    port: (port) => [/^:80\b/, `http://127.0.0.1:${port}`],
    configuration: (home, servers) => `{\n\tadmin off\n\tauto_https off\n\tstorage file_system ${home}/store\n}\n${servers}`,
    start: (file) => ["caddy", ["run", "--config", file, "--adapter", "caddyfile"]],
  },
};

/** Starts a server with all sites, each at a port of its own; resolves when all of them answer. */
export async function start(name, home, sites) {
  const kind = kinds[name];
  const ports = await Promise.all(sites.map(freePort));
  const servers = sites.map((site, at) => own(recipe(name), [kind.port(ports[at]), site.served, site.headers[kind.format]], site));
  const file = path.join(home, "configuration");
  writeFileSync(file, kind.configuration(home, servers.join("\n"), ports));
  const [command, words] = kind.start(file, home);
  const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home } });
  let said = "", ended = false;
  child.stderr.on("data", (data) => { said += data; });
  child.on("error", (error) => { said += error; ended = true; });
  const exit = new Promise((resolve) => child.on("exit", () => { ended = true; resolve(); }));
  for (const port of ports) {
    for (let tries = 0; ; tries += 1) {
      if (ended || tries > 200) throw new Error(`${name} does not answer: ${said}`);
      if (await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false)) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  const end = async () => { child.kill("SIGTERM"); await exit; };
  return { addresses: ports.map((port) => `http://127.0.0.1:${port}`), end };
}
