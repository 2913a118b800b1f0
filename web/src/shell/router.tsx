import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import type { Role } from '../api/shapes.ts';
import { CrashPage } from './crash-page.tsx';
import { Frame } from './frame.tsx';
import { homeOf, type PageName, pagesOf } from './pages.ts';

/** Every page is a bundle of its own: the agent's desk loads neither charts nor tables of managers. */
const PAGES: Record<PageName, () => Promise<{ Component: React.ComponentType }>> = {
  desk: async () => ({ Component: (await import('../pages/desk/desk-page.tsx')).DeskPage }),
  live: async () => ({ Component: (await import('../pages/live/live-page.tsx')).LivePage }),
  report: async () => ({ Component: (await import('../pages/report/report-page.tsx')).ReportPage }),
  lists: async () => ({ Component: (await import('../pages/lists/lists-page.tsx')).ListsPage }),
};

/** While the page's bundle comes: a blank frame is quieter than a flash of grey. */
function Nothing() {
  return null;
}

export function createRouter(role: Role) {
  const home = <Navigate to={`/${homeOf(role)}`} replace />;
  const children: RouteObject[] = pagesOf(role).map((name) => ({ path: name, lazy: PAGES[name] }));
  return createBrowserRouter([
    {
      path: '/',
      element: <Frame />,
      errorElement: <CrashPage />,
      HydrateFallback: Nothing,
      children: [{ index: true, element: home }, ...children, { path: '*', element: home }],
    },
  ]);
}
