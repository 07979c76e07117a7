//! Photos on their way: how far each has come, what it waits for, and that it goes now.

use carrot_client::Surroundings;

use crate::api::{Answer, Api, refused};
use crate::schema::*;

impl Api {
    pub(crate) async fn uploads(&self, _: Nothing) -> Answer<Vec<UploadView>> {
        let uploads = self.member()?.uploads().await.map_err(refused)?;
        let view = |upload: carrot_client::Upload| UploadView {
            sha256: upload.sha256,
            bytes: upload.bytes,
            sent_bytes: upload.sent_bytes,
            waits_for: upload.waits_for.map(str::to_owned),
        };
        Ok(uploads.into_iter().map(view).collect())
    }

    pub(crate) async fn send_now(&self, request: PhotoRequest) -> Answer<Vec<UploadView>> {
        let membership = self.member()?;
        membership
            .send_now(&request.sha256)
            .await
            .map_err(refused)?;
        self.uploads(Nothing {}).await
    }

    pub(crate) async fn surroundings(&self, request: SurroundingsView) -> Answer<Vec<UploadView>> {
        self.set_surroundings(request.metered, request.battery_low);
        // A device without a programme has nothing on its way.
        match self.member() {
            Ok(_) => self.uploads(Nothing {}).await,
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Says where the device is, as far as its host can tell: on a network that costs money by the
    /// byte, with a low battery that is not being charged.
    pub fn set_surroundings(&self, metered: bool, battery_low: bool) {
        self.device.set_surroundings(Surroundings {
            metered,
            battery_low,
        });
    }
}
