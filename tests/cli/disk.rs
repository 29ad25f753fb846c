//! Full disks, limits and folders that may not be written.

use super::*;

/// A small file system that can be filled; `None` where this process may not mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn new(kilobytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={kilobytes}k");
        let place = folder.path().to_str().unwrap();
        works("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", place]).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        works("umount", &[self.0.path().to_str().unwrap()]);
    }
}

/// An import of about this many bytes, in records of many sizes.
fn large(bytes: usize) -> String {
    let long: String =
        (0..).map(|n| records(&format!("l{n}")).replace("Source", &noise(bytes / 200 * (n % 8)))).take(50).collect();
    records("large").replace("Source large", &noise(bytes / 2)) + &long
}

/// Letters that cannot be packed (Marsaglia's xorshift).
fn noise(length: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ length as u64;
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'0' + u8::try_from(state >> 32 & 63).unwrap()).to_string().replace('\\', "~")
    };
    (0..length).map(letter).collect()
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let Some(disk) = SmallDisk::new(8192) else {
        eprintln!("skipped: a small file system cannot be mounted");
        return;
    };
    let db = disk.0.path().join("db");
    copy(bundle(), &db);
    let before = exported(&db);
    let input = tempfile::tempdir().unwrap();
    let file = input.path().join("large.jsonl");
    fs::write(&file, large(8 << 20)).unwrap();
    for _ in 0..3 {
        let refused = run(&db, &["import", file.to_str().unwrap()]).expect(2);
        assert!(refused.stderr.contains("space"), "{}", refused.stderr);
        assert_eq!(exported(&db), before);
        run(&db, &["verify"]).expect(0);
    }
    // Not a byte is left: reading goes on, and small commits fail in words.
    let filler = disk.0.path().join("filler");
    works("sh", &["-c", &format!("cat /dev/zero > '{}'", filler.display())]);
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    let small = input.path().join("small.jsonl");
    fs::write(&small, records("small")).unwrap();
    let refused = run(&db, &["import", small.to_str().unwrap()]);
    assert!(matches!(refused.code(), Some(0 | 2)), "{}: {}", refused.status, refused.stderr);
    fs::remove_file(db.join("image")).unwrap();
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    fs::remove_file(filler).unwrap();
    run(&db, &["verify"]).expect(0);
    if refused.code() == Some(2) {
        assert_eq!(exported(&db), before);
        run(&db, &["import", small.to_str().unwrap()]).expect(0);
    }
    run(&db, &["show", "startup:small"]).expect(0);
}

#[test]
fn a_disk_that_is_full_from_the_start_makes_no_database() {
    let Some(disk) = SmallDisk::new(300) else {
        eprintln!("skipped: a small file system cannot be mounted");
        return;
    };
    let db = disk.0.path().join("db");
    for _ in 0..2 {
        let refused = run(&db, &["ask", "who founded Zhipu AI"]).expect(2);
        assert!(refused.stderr.contains("space"), "{}", refused.stderr);
    }
    assert!(works("mount", &["-o", "remount,size=16m", disk.0.path().to_str().unwrap()]));
    run(&db, &["ask", "who founded Zhipu AI"]).expect(0);
    run(&db, &["verify"]).expect(0);
}

#[test]
fn a_limit_on_files_leaves_the_database_as_it_was() {
    let (folder, db) = database();
    let before = exported(&db);
    let file = folder.path().join("large.jsonl");
    fs::write(&file, large(4 << 20)).unwrap();
    // With and without the signal that the limit sends; in blocks of 512 or 1024 bytes.
    for prelude in ["trap '' XFSZ; ulimit -f 1200", "ulimit -f 1200", "trap '' XFSZ; ulimit -f 3000"] {
        let line = format!("{prelude}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_ailand"), "--db"]).arg(&db).arg("import").arg(&file);
        let refused = finish(command.stdin(Stdio::null()), b"");
        if prelude.starts_with("trap") {
            assert_eq!(refused.code(), Some(2), "{}: {}", refused.status, refused.stderr);
        } else {
            assert!(!refused.status.success());
        }
        run(&db, &["verify"]).expect(0);
        assert_eq!(exported(&db), before, "{prelude}");
    }
    run(&db, &["import", file.to_str().unwrap()]).expect(0);
}

/// Runs the program as somebody who owns nothing; as oneself when one is not root.
fn as_nobody(db: &Path, arguments: &[&str]) -> Run {
    if !is_root() {
        return run(db, arguments);
    }
    // The program may lie where only root can go.
    let program = db.parent().unwrap().join("ailand");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_ailand"), &program).unwrap();
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).arg("--db").arg(db);
    finish(command.args(arguments).env_remove("AILAND_DB").stdin(Stdio::null()), b"")
}

fn protect(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            protect(&path);
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        }
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
}

fn unprotect(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            unprotect(&path);
        }
    }
}

#[test]
fn a_database_that_may_only_be_read_answers() {
    let (folder, db) = database();
    if is_root() && !works("setpriv", &["--reuid=65534", "--regid=65534", "--clear-groups", "true"]) {
        eprintln!("skipped: root ignores permissions, and there is no setpriv");
        return;
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let card = |db: &Path| as_nobody(db, &["show", "月之暗面"]).expect(0).stdout;
    protect(&db);
    let shown = card(&db);
    as_nobody(&db, &["ask", "谁创办了智谱"]).expect(0);
    as_nobody(&db, &["stats"]).expect(0);
    let refused = as_nobody(&db, &["import", "/dev/null"]).expect(2);
    assert!(refused.stderr.contains("ermission denied"), "{}", refused.stderr);
    as_nobody(&db, &["verify"]).expect(2);
    // A copy whose files have other times.
    unprotect(&db);
    let copied = folder.path().join("copied");
    assert!(works("cp", &["-r", db.to_str().unwrap(), copied.to_str().unwrap()]));
    protect(&copied);
    assert_eq!(card(&copied), shown);
    unprotect(&copied);
}

#[test]
fn a_folder_without_permission_is_named() {
    let folder = tempfile::tempdir().unwrap();
    if is_root() && !works("setpriv", &["--reuid=65534", "--regid=65534", "--clear-groups", "true"]) {
        eprintln!("skipped: root ignores permissions, and there is no setpriv");
        return;
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let unwritable = folder.path().join("unwritable");
    fs::create_dir(&unwritable).unwrap();
    fs::set_permissions(&unwritable, fs::Permissions::from_mode(0o555)).unwrap();
    for db in [closed.clone(), unwritable.clone(), unwritable.join("db")] {
        // The program is copied beside the database.
        let beside = folder.path().join("x");
        drop(as_nobody(&beside, &["--version"]));
        let mut command = if is_root() { Command::new("setpriv") } else { Command::new("env") };
        if is_root() {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        let program = if is_root() { folder.path().join("ailand") } else { env!("CARGO_BIN_EXE_ailand").into() };
        command.arg(program).arg("--db").arg(&db).args(["ask", "who founded Zhipu AI"]).stdin(Stdio::null());
        let refused = finish(&mut command, b"").expect(2);
        assert!(refused.stderr.contains("ermission denied"), "{}", refused.stderr);
        assert!(refused.stderr.contains("hint:"), "{}", refused.stderr);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}
