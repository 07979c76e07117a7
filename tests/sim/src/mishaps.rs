//! Faults of devices and of the server's machine.

use std::path::Path;

use anyhow::{Context as _, Result};
use carrot_client::ClientError;
use carrot_server::store::DATABASE_FILE;
use carrot_sync::Event;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};
use uuid::Uuid;

use crate::books::Books;
use crate::cast::Cast;
use crate::faults::Fault;
use crate::fleet::{Fleet, granted};
use crate::looks;
use crate::store::copy_server;
use crate::unit::{Ending, Role, Unit};

/// Kinds of mishap and how often each comes, weights: some need two draws, or a device that they can
/// happen to.
pub(crate) const WEIGHTS: [(u64, Fault); 23] = [
    (6, Fault::Partition),
    (16, Fault::Kill),
    (10, Fault::Power),
    (15, Fault::DiskFull),
    (15, Fault::Eio),
    (12, Fault::BitFlip),
    (15, Fault::ClockJump),
    (14, Fault::ClockFreeze),
    (14, Fault::ClockSkew),
    (14, Fault::Reboot),
    (17, Fault::Clone),
    (15, Fault::KeyMissing),
    (14, Fault::Cashier),
    (10, Fault::Token),
    (21, Fault::Revoke),
    (19, Fault::Poison),
    (15, Fault::Scope),
    (21, Fault::Restore),
    (13, Fault::Suspend),
    (14, Fault::SignOut),
    (26, Fault::Upgrade),
    (14, Fault::Hint),
    (14, Fault::Rules),
];
/// A program ends within so many points.
const POINTS_MAX: i64 = 24;
/// How far a clock jumps, milliseconds: ten years.
const JUMP_MS_MAX: i64 = 10 * 365 * 24 * 3_600_000;
/// Bytes of a page.
const PAGE_BYTES: u64 = 4_096;

impl Fleet<'_> {
    /// Something goes wrong with a device, its line, or the server's machine.
    pub(crate) async fn mishap(&mut self, at: usize) -> Result<String> {
        let drawn = self.dice.weigh(&self.swarm.mishaps);
        let Some(fault) = drawn.filter(|fault| !self.without.contains(fault)) else {
            return Ok("spared".to_owned());
        };
        let Some(at) = self.victim(at, fault) else {
            return Ok("nobody to happen to".to_owned());
        };
        let number = self.unit(at)?.number;
        match fault {
            Fault::Partition => {
                let cut = {
                    let mut held = self.hub.held();
                    let link = held.links.entry(number).or_default();
                    link.cut = !link.cut;
                    link.cut
                };
                if !cut {
                    return Ok("mended".to_owned());
                }
            }
            Fault::Kill | Fault::Eio => {
                let points = self.dice.between(1, POINTS_MAX);
                let ending = match fault {
                    Fault::Kill => Ending::Kill,
                    _ => Ending::Eio,
                };
                self.unit(at)?.probe.arm(points, ending);
            }
            Fault::ClockJump | Fault::ClockFreeze | Fault::ClockSkew => self.turn(at, fault)?,
            Fault::Cashier => {
                let unit = self.unit(at)?;
                let Role::Terminal(outlet) = unit.role else {
                    return Ok("no till".to_owned());
                };
                let other = unit.cast.cashier(outlet, 0) == unit.actor;
                unit.actor = unit.cast.cashier(outlet, u128::from(other));
            }
            Fault::Token => self.write("UPDATE token SET until_ms = 0").await?,
            Fault::Revoke => self.revoke(at).await?,
            Fault::Poison => self.poison(at).await?,
            Fault::Scope => return self.move_out(at).await,
            Fault::Restore => return self.restore().await,
            Fault::Suspend => return self.put_aside(at).await,
            Fault::SignOut => return self.sign_out(at).await,
            Fault::Upgrade => return self.upgrade(at).await,
            Fault::Rules => self.publish().await?,
            Fault::Hint => {
                let unit = self.unit(at)?;
                unit.tell(Event::Hint);
                unit.tell(Event::Hint);
            }
            _ => return self.restart_with(at, fault).await,
        }
        self.fault(fault);
        Ok(fault.name().to_owned())
    }

    /// The device that a fault happens to: this one, or another where only some can be met.
    fn victim(&mut self, at: usize, fault: Fault) -> Option<usize> {
        let held = self.hub.held();
        let revoked = |unit: &Unit| {
            let subject = held.auditor.subjects.get(&unit.number);
            subject.is_some_and(|subject| subject.revoked)
        };
        let can = |unit: &Unit| match fault {
            Fault::Cashier | Fault::Scope => unit.outlet().is_some(),
            Fault::Upgrade => unit.schema_max != u32::MAX,
            Fault::Revoke => !revoked(unit),
            _ => true,
        };
        if self.units.get(at).is_some_and(can) {
            return Some(at);
        }
        let all = self.units.iter().enumerate();
        let others: Vec<usize> = all
            .filter(|(_, unit)| can(unit))
            .map(|(other, _)| other)
            .collect();
        drop(held);
        self.dice.pick(&others).copied()
    }

    fn turn(&mut self, at: usize, fault: Fault) -> Result<()> {
        let jump = self.dice.between(-JUMP_MS_MAX, JUMP_MS_MAX);
        let near = self.dice.between(-86_400_000, 86_400_000);
        let (far, right) = (self.dice.chance(300), self.dice.chance(300));
        let rate = self.dice.between(-500_000, 1_000_000);
        let freeze = self.dice.chance(600);
        let unit = self.unit(at)?;
        match fault {
            _ if right => unit.clock.set_right(),
            Fault::ClockJump => unit.clock.jump(if far { jump } else { near }),
            Fault::ClockFreeze => unit.clock.freeze(freeze),
            _ => unit.clock.skew(rate),
        }
        Ok(())
    }

    /// The program ended: its folder as committed is opened again.
    pub(crate) async fn revive(&mut self, at: usize) -> Result<String> {
        self.uncertain(at);
        let power = self.dice.chance(400) && !self.without.contains(&Fault::Power);
        let unit = self.unit(at)?;
        unit.kill().await?;
        if power {
            unit.lose_unsynced()?;
            self.fault(Fault::Power);
        }
        self.start_unit(at).await?;
        Ok(format!("ended, power {power}"))
    }

    /// Ends a device, does something to its folder, and starts it again.
    async fn restart_with(&mut self, at: usize, fault: Fault) -> Result<String> {
        self.fault(fault);
        if fault == Fault::Clone {
            return self.copy_or_go_back(at).await;
        }
        self.boots += 1;
        let boots = self.boots;
        let outbox = self.dice.chance(300);
        let room = self.dice.between(0, 3);
        let unit = self.unit(at)?;
        unit.kill().await?;
        match fault {
            Fault::Power => unit.lose_unsynced()?,
            Fault::BitFlip => {
                let name = if outbox { "outbox.db" } else { "cache.db" };
                unit.queue_damaged |= outbox;
                unit.flip_a_byte(name)?;
            }
            Fault::Reboot => unit.clock.reboot(boots),
            Fault::KeyMissing => self.hide_the_key(at).await?,
            // Somebody makes room.
            Fault::DiskFull if unit.pages_max.is_some() => unit.pages_max = None,
            Fault::DiskFull => {
                let bytes = std::fs::metadata(unit.file("outbox.db"))?.len();
                let pages = bytes / PAGE_BYTES + room.unsigned_abs();
                unit.pages_max = u32::try_from(pages).ok();
            }
            _ => {}
        }
        self.start_unit(at).await?;
        Ok(fault.name().to_owned())
    }

    async fn hide_the_key(&mut self, at: usize) -> Result<()> {
        let unit = self.unit(at)?;
        let (key, aside) = (unit.file("keys.json"), unit.file("keys.elsewhere"));
        std::fs::rename(&key, &aside)?;
        let refused = matches!(unit.open_device().await, Err(ClientError::KeyMissing(_)));
        std::fs::rename(&aside, &key)?;
        if !refused {
            self.broken(vec![("I1", "a device opened without its key".to_owned())]);
        }
        Ok(())
    }

    /// A copy of the folder is put aside; later the device goes on from it.
    async fn copy_or_go_back(&mut self, at: usize) -> Result<String> {
        let Some((_, dir)) = self.copied.take_if(|(whose, _)| *whose == at) else {
            if self.copied.is_none() {
                let dir = self.dir.path().join(format!("copy-{at}"));
                self.unit(at)?.copy_to(&dir)?;
                self.copied = Some((at, dir));
            }
            return Ok("copied".to_owned());
        };
        let unit = self.unit(at)?;
        unit.kill().await?;
        unit.replace_by(&dir)?;
        unit.forked = true;
        let number = unit.number;
        self.start_unit(at).await?;
        if let Some(memory) = self.memories.get_mut(at) {
            memory.forget();
        }
        // What was only in the newer folder went with it.
        let newest = self.unit(at)?.open()?.commands(1).await;
        let newest = newest
            .context("the queue")?
            .first()
            .map_or(0, |one| one.device_seq);
        let mut held = self.hub.held();
        let classes = held.auditor.classes.clone();
        let stays = |id: &Uuid| classes.contains_key(id);
        let auditor = &mut held.auditor;
        auditor
            .promises
            .retain(|id, one| one.device != number || one.seq <= newest || stays(id));
        let newer = auditor.promises.iter();
        let newer = newer.filter(|(_, one)| one.device == number && one.seq > newest);
        auditor.at_the_server_only.extend(newer.map(|(id, _)| *id));
        Ok("went back".to_owned())
    }

    /// Starts a device; where that fails for want of room, there is room again.
    pub(crate) async fn start_unit(&mut self, at: usize) -> Result<()> {
        let unit = self.unit(at)?;
        if unit.start().await.is_err() && unit.pages_max.take().is_some() {
            unit.close().await;
            unit.start().await?;
        }
        let unit = self.unit(at)?;
        if unit.membership.is_none() {
            unit.start().await?;
        }
        let unit = self.unit(at)?;
        let status = unit.open()?.status().await.context("a status")?;
        if status.cache_schema.is_none() {
            let damaged = ClientError::CacheDamaged(String::new());
            Box::pin(self.mend(at, &damaged)).await?;
        }
        let unit = self.units.get(at).context("a unit")?;
        let mut found = Vec::new();
        if let Some(memory) = self.memories.get_mut(at) {
            memory.forget_cursors();
            // What a till gave away counts from its first moment on.
            if !unit.forked {
                let membership = unit.open()?;
                // A copy that cannot be read is the next look's affair.
                let _damaged = looks::exposed(unit, memory, &membership, &mut found).await;
            }
        }
        self.broken(found);
        Ok(())
    }

    async fn revoke(&mut self, at: usize) -> Result<()> {
        let Some(server) = &self.server else {
            return Ok(());
        };
        let unit = self.units.get(at).context("a unit")?;
        let id = unit.open()?.device_id();
        let mut tx = server.store.begin(unit.cast.programme()).await?;
        tx.revoke_device(id, "sim").await?;
        tx.commit().await?;
        let number = unit.number;
        if let Some(subject) = self.hub.held().auditor.subjects.get_mut(&number) {
            subject.revoked = true;
        }
        Ok(())
    }

    /// The device's next waiting command fails inside the server, whenever it is tried.
    async fn poison(&mut self, at: usize) -> Result<()> {
        let unit = self.unit(at)?;
        let membership = unit.open()?;
        let newest = membership.commands(1).await.unwrap_or_default();
        let next = newest.first().map_or(1, |one| one.device_seq + 1);
        self.tuning
            .probe
            .poison(Some((membership.device_id(), next)));
        Ok(())
    }

    /// A terminal is carried to the other outlet.
    async fn move_out(&mut self, at: usize) -> Result<String> {
        let unit = self.unit(at)?;
        let Role::Terminal(from) = unit.role else {
            return Ok("no till".to_owned());
        };
        let to = 1 - from;
        let (outlet, id) = (unit.cast.outlet(to), unit.open()?.device_id());
        (unit.role, unit.moved) = (Role::Terminal(to), true);
        unit.actor = unit.cast.cashier(to, 0);
        if let Some(memory) = self.memories.get_mut(at) {
            // What the other outlet sold is shown there.
            memory.sales.clear();
        }
        let unit = self.unit(at)?;
        let (number, may_see) = (unit.number, granted(unit));
        self.write(&format!(
            "UPDATE device SET outlet_id = '{outlet}' WHERE device_id = '{id}'"
        ))
        .await?;
        if let Some(subject) = self.hub.held().auditor.subjects.get_mut(&number) {
            subject.granted = may_see.into();
        }
        self.fault(Fault::Scope);
        Ok(format!("moved to {to}"))
    }

    /// A statement of somebody at the server's machine.
    pub(crate) async fn write(&self, sql: &str) -> Result<()> {
        let options = SqliteConnectOptions::new()
            .filename(self.server_dir().join(DATABASE_FILE))
            .disable_statement_logging();
        let mut conn = SqliteConnection::connect_with(&options).await?;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut conn)
            .await?;
        Ok(conn.close().await?)
    }

    /// The server ended where it stood: its folder as committed is opened again.
    pub(crate) async fn restart_server(&mut self) -> Result<()> {
        let from = self.server_dir();
        self.server_copies += 1;
        copy_server(&from, &self.server_dir())?;
        self.end_server(&from).await?;
        self.start_server().await
    }

    async fn end_server(&mut self, dir: &Path) -> Result<()> {
        self.hub.held().router = None;
        if let Some(server) = self.server.take() {
            server.store.close().await;
        }
        Ok(std::fs::remove_dir_all(dir)?)
    }

    /// The server's folder is put aside; later the server goes on from it, with new histories.
    async fn restore(&mut self) -> Result<String> {
        let Some(backup) = self.backup.take() else {
            let dir = self.dir.path().join("backup");
            copy_server(&self.server_dir(), &dir)?;
            self.backup = Some(dir);
            return Ok("backup".to_owned());
        };
        self.fault(Fault::Restore);
        let from = self.server_dir();
        self.server_copies += 1;
        copy_server(&backup, &self.server_dir())?;
        std::fs::remove_dir_all(&backup)?;
        self.end_server(&from).await?;
        self.start_server().await?;
        let server = self.server.as_ref().context("a server")?;
        for number in 0..2 {
            let mut tx = server.store.begin(Cast { number }.programme()).await?;
            tx.renew_epoch().await?;
            tx.commit().await?;
        }
        self.set_back = true;
        for memory in &mut self.memories {
            memory.unsettled = true;
        }
        self.remember_what_is_left().await?;
        Ok("restored".to_owned())
    }

    async fn remember_what_is_left(&mut self) -> Result<()> {
        let mut books = Books::open(&self.server_dir()).await?;
        let recorded = books.recorded().await?;
        let devices = books.devices().await?;
        books.close().await?;
        let mut moved = Vec::new();
        {
            let mut held = self.hub.held();
            held.auditor.forget_answers();
            for one in &recorded {
                if let Ok(device) = Uuid::parse_str(&one.device) {
                    held.auditor.recall(device, &one.verdict);
                }
            }
            held.auditor.drop_what_nobody_has();
            for (number, subject) in &mut held.auditor.subjects {
                let id = subject.id.to_string();
                let Some((_, status, outlet)) = devices.iter().find(|(known, ..)| *known == id)
                else {
                    continue;
                };
                subject.revoked = status == "revoked";
                moved.push((*number, outlet.clone()));
            }
        }
        for (number, outlet) in moved {
            let found = self.units.iter().position(|unit| unit.number == number);
            let Some(place_of) = found else {
                continue;
            };
            let unit = self.unit(place_of)?;
            let places = [0, 1].map(|at| (at, unit.cast.outlet(at).to_string()));
            let place = places
                .into_iter()
                .find(|(_, id)| Some(id) == outlet.as_ref());
            if let (Role::Terminal(_), Some((at, _))) = (unit.role, place) {
                unit.role = Role::Terminal(at);
                unit.actor = unit.cast.cashier(at, 0);
            }
            if let Some(memory) = self.memories.get_mut(place_of) {
                memory.sales.clear();
            }
            let may_see = granted(self.unit(place_of)?);
            if let Some(subject) = self.hub.held().auditor.subjects.get_mut(&number) {
                subject.granted = may_see.into();
            }
        }
        Ok(())
    }
}
