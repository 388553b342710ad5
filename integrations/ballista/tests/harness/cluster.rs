//! Cluster: scheduler and executors as processes of their own, on ports that are free, killed when dropped.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use datafusion::arrow::array::RecordBatch;
use datafusion::error::Result;
use datafusion::prelude::ParquetReadOptions;
use tempfile::TempDir;
use titlecanon_ballista::Node;

/// How long a process may take for what takes it a second on an idle machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process whose log is kept. Killed when dropped.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    pub(crate) fn start(command: &mut Command, log: PathBuf) -> Process {
        let file = File::create(&log).unwrap();
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).env_remove("RUST_LOG");
        Process { child: command.spawn().unwrap(), log }
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The port that it says that it listens on.
    pub(crate) fn port(&mut self) -> u16 {
        let port = |process: &mut Process| {
            let log = process.log();
            let (_, after) = log.split_once(" listens on 127.0.0.1:")?;
            after.split_once(' ')?.0.parse().ok()
        };
        self.until("listens", port)
    }

    /// The most memory that it has had so far, in MB, where the system says so.
    pub(crate) fn peak_megabytes(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
    }

    /// Kills it as a failing machine does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end.
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.wait()
    }

    /// Waits for it to end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.until("ends", |process| process.child.try_wait().unwrap())
    }

    fn until<T>(&mut self, what: &str, mut found: impl FnMut(&mut Process) -> Option<T>) -> T {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(found) = found(self) {
                return found;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("it never {what}; its log:\n{}", self.log());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A scheduler and executors of one core each.
pub(crate) struct Cluster {
    // Before the folder, so that nobody writes there any more when it is removed.
    pub scheduler: Process,
    pub executors: Vec<Process>,
    port: u16,
    dir: TempDir,
}

impl Cluster {
    /// A cluster of the embedded taxonomy.
    pub(crate) fn start(executors: usize) -> Cluster {
        Cluster::with(&[], &vec![Vec::new(); executors])
    }

    /// A cluster with more arguments for the scheduler and each executor.
    pub(crate) fn with(scheduler: &[&str], executors: &[Vec<&str>]) -> Cluster {
        let dir = TempDir::new().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_titlecanon-scheduler"));
        command.args(["--port", "0", "--executor-timeout", "11"]).args(scheduler);
        let mut scheduler = Process::start(&mut command, dir.path().join("scheduler.log"));
        let port = scheduler.port();
        let mut cluster = Cluster { scheduler, executors: Vec::new(), port, dir };
        for (number, arguments) in executors.iter().enumerate() {
            let executor = cluster.executor(number, arguments);
            cluster.executors.push(executor);
        }
        for executor in &mut cluster.executors {
            executor.port();
        }
        cluster
    }

    fn executor(&self, number: usize, arguments: &[&str]) -> Process {
        let work = self.work_dir(number);
        fs::create_dir(&work).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_titlecanon-executor"));
        command.args(["--port", "0", "--cores", "1", "--scheduler-port", &self.port.to_string()]);
        command.arg("--work-dir").arg(work).args(arguments);
        Process::start(&mut command, self.dir.path().join(format!("executor-{number}.log")))
    }

    /// Where an executor writes.
    pub(crate) fn work_dir(&self, executor: usize) -> PathBuf {
        self.dir.path().join(format!("work-{executor}"))
    }

    /// Where nobody writes.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn url(&self) -> String {
        format!("df://127.0.0.1:{}", self.port)
    }

    /// What all processes have logged.
    pub(crate) fn logs(&self) -> String {
        let executors =
            self.executors.iter().enumerate().map(|(number, executor)| (format!("executor {number}"), executor));
        let all = std::iter::once(("scheduler".to_owned(), &self.scheduler)).chain(executors);
        all.map(|(name, process)| format!("== {name}\n{}", process.log())).collect()
    }

    /// How many parts of answers an executor has begun or finished to write. One of one core begins them one after the other.
    pub(crate) fn parts(&self, executor: usize) -> usize {
        fn files(dir: &Path) -> usize {
            let entries = fs::read_dir(dir).into_iter().flatten().flatten();
            entries.map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 }).sum()
        }
        files(&self.work_dir(executor))
    }

    pub(crate) fn until<T>(&self, what: &str, mut found: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(found) = found() {
                return found;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("never: {what}\n{}", self.logs());
    }
}

/// Asks a cluster for the answers to the titles in a folder.
pub(crate) async fn answers(url: String, input: PathBuf) -> Result<Vec<RecordBatch>> {
    let ctx = Node::builtin().client(&url).await?;
    ctx.register_parquet("titles", input.to_str().unwrap(), ParquetReadOptions::default()).await?;
    let answers = "SELECT id, normalize_title(title) AS answer FROM titles";
    let columns = "id, answer['code'] AS code, answer['verdict'] AS verdict, answer['confidence'] AS confidence";
    ctx.sql(&format!("SELECT {columns} FROM ({answers})")).await?.collect().await
}
