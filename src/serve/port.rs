//! A port to listen on: the one that was asked for or an error that names who has
//! it; otherwise the usual one or the next that is free.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};

use anyhow::{Context, bail};

/// Where a preview is looked for first.
pub(super) const USUAL: u16 = 3000;
/// How many ports after it are tried.
const TRIES: u16 = 100;

/// Opens a port. `asked` is taken or nothing; 0 is any.
///
/// # Errors
/// If it is busy, or the machine has no such address.
pub(super) fn listen(address: IpAddr, asked: Option<u16>) -> anyhow::Result<TcpListener> {
    let open = |port| TcpListener::bind(SocketAddr::new(address, port));
    let ports = asked.map_or(USUAL..=USUAL + TRIES, |port| port..=port);
    for port in ports {
        match open(port) {
            Ok(listener) => {
                listener.set_nonblocking(true).context("the port can't be read from")?;
                return Ok(listener);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| format!("can't listen on `{}`", SocketAddr::new(address, port)));
            }
        }
    }
    let Some(port) = asked else { bail!("no port from {USUAL} to {} is free; `--port` takes another", USUAL + TRIES) };
    let owner = owner(port).map(|owner| format!(" by {owner}")).unwrap_or_default();
    bail!("port {port} is taken{owner}\nhelp: stop that, or leave out `--port` for the next free one")
}

/// The program that listens on a port, where the system tells: `nginx (process 4711)`.
fn owner(port: u16) -> Option<String> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| std::fs::read_to_string(table).ok())
        .flat_map(|table| table.lines().filter_map(|line| listening(line, port)).collect::<Vec<_>>())
        .collect();
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    for process in processes.filter(|entry| entry.file_name().to_str().is_some_and(|name| name.parse::<u32>().is_ok()))
    {
        let Ok(files) = std::fs::read_dir(process.path().join("fd")) else { continue };
        let mut links = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
        if links.any(|link| sockets.iter().any(|socket| link.as_os_str() == socket.as_str())) {
            let name = std::fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            return Some(format!("{} (process {})", name.trim(), process.file_name().to_string_lossy()));
        }
    }
    None
}

/// The socket of a line of the system's table, if it listens on the port.
fn listening(line: &str, port: u16) -> Option<String> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let local = fields.get(1)?.rsplit_once(':')?.1;
    let listens = *fields.get(3)? == "0A" && u16::from_str_radix(local, 16) == Ok(port);
    listens.then(|| fields.get(9).map(|inode| format!("socket:[{inode}]")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_an_error_that_names_who_has_it() {
        let address = IpAddr::from([127, 0, 0, 1]);
        let first = listen(address, Some(0)).unwrap();
        let port = first.local_addr().unwrap().port();
        let error = listen(address, Some(port)).unwrap_err().to_string();
        assert!(error.contains(&format!("port {port} is taken")), "{error}");
        if cfg!(target_os = "linux") {
            assert!(error.contains(&format!("(process {})", std::process::id())), "{error}");
        }
    }
}
